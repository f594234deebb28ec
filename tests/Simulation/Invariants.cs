using CalciumSweep.Coordinator.Campaigns;
using CalciumSweep.Shared;
using CalciumSweep.Shared.Messages;
using CalciumSweep.Shared.Results;

namespace CalciumSweep.Simulation;

/// <summary>
/// What must hold whatever happens: checked against the journals and the store as they are, not against what a process
/// believes.
/// </summary>
internal sealed class Invariants
{
    private readonly Cluster _cluster;
    private readonly Dictionary<CampaignId, History> _histories = [];
    private long _allowed;

    public Invariants(Cluster cluster)
    {
        _cluster = cluster;
        foreach (CampaignId id in cluster.Truths.Keys)
        {
            _histories[id] = new();
        }
    }

    /// <summary>Grains begun beyond one for each grain.</summary>
    public long Repeated => _histories.Values.Sum(history => history.Began.Values.Sum(count => count - 1));

    /// <summary>A grain is begun. I4: no more often than the faults excuse.</summary>
    public void Began(Truth truth, long grain)
    {
        var began = _histories[truth.Id].Began;
        began[grain] = began.GetValueOrDefault(grain) + 1;
    }

    /// <summary>Grains were lost with a process.</summary>
    public void Lost(int grains) => _allowed += grains;

    /// <summary>A lease table is gone: until the workers have stated what they hold, any of it may be leased again.</summary>
    public void LeasesForgotten() => _allowed += _cluster.Workers.Sum(worker => worker.Held);

    /// <summary>Two coordinators lease at once: each may lease everything.</summary>
    public void Split() => _allowed += _cluster.Truths.Values.Sum(truth => truth.Grains);

    /// <summary>Events are in the journal. I1: each grain is accepted once; quarantined is poison only; finished is all.</summary>
    public void Written(Truth truth, IReadOnlyList<ICampaignEvent> events)
    {
        History history = _histories[truth.Id];
        foreach (ICampaignEvent change in events)
        {
            history.Written(truth, change, _cluster.Store);
            if (change is GrainsSuspected lost)
            {
                _allowed += lost.Grains.Count;
            }
            else if (change is QuarantineRetried retried)
            {
                _allowed += retried.Grains.Count;
            }
            else if (change is CampaignDeleted or CampaignCancelled or CampaignPaused)
            {
                _allowed += truth.Grains + _cluster.Workers.Sum(worker => worker.Held);
            }
        }
    }

    /// <summary>A process recovered: it stands where the journal stands.</summary>
    public void Recovered(Truth truth, CampaignState state) => Stands(truth, state, isCurrent: true);

    /// <summary>What a process believes agrees with the journal.</summary>
    public void Stands(Truth truth, CampaignState state, bool isCurrent)
    {
        History history = _histories[truth.Id];
        if (isCurrent)
        {
            Require(state.Completed.ToSet().Equals(GrainSet.Of(history.Completed)), $"{truth.Id}: {state.Completed.ToSet()} is completed, the journal says {GrainSet.Of(history.Completed)}");
            Require(state.Tally.Counts.SequenceEqual(history.Tally.Counts), $"{truth.Id}: the tally is not that of the completed grains");
            Require(state.Quarantined.Select(given => given.Simulation).ToHashSet().SetEquals(history.Quarantined), $"{truth.Id}: the quarantine is not that of the journal");
            Require(state.Quarantined.Count == history.Quarantined.Count, $"{truth.Id}: a simulation is quarantined twice");
        }
    }

    /// <summary>A reply is sent. I3: what is acknowledged is in the journal and in the store.</summary>
    public void Told(Truth truth, SimulatedCampaign campaign, string to, ICampaignReply message)
    {
        History history = _histories[truth.Id];
        switch (message)
        {
            case GrainsAcknowledged acknowledged:
                foreach (long grain in acknowledged.Grains.Grains)
                {
                    // An incarnation that is replaced may not have heard that its campaign was retried or deleted.
                    Require(history.Completed.Contains(grain) || history.IsReopened, $"{truth.Id}: grain {grain} is acknowledged and not in the journal");
                    Require(_cluster.Store.Has(truth.Id, grain) || history.IsReopened, $"{truth.Id}: grain {grain} is acknowledged and not stored");
                }

                break;
            case GrainsLeased leased:
                CheckGrant(truth, campaign.Entity.State, to, leased);
                break;
        }
    }

    /// <summary>A user is shown where a campaign stands. I5: progress never goes back.</summary>
    public void Shown(Truth truth, CampaignStanding standing)
    {
        History history = _histories[truth.Id];
        Require(!standing.IsKnown || standing.Completed <= truth.Grains, $"{truth.Id}: {standing.Completed} of {truth.Grains} grains");
        Require(
            standing.Status != CampaignStatus.Completed || standing.Completed == truth.Grains,
            $"{truth.Id} is completed with {standing.Completed} of {truth.Grains} grains");
        Require(standing.Completed <= history.Most, $"{truth.Id}: {standing.Completed} grains are shown, the journal never had more than {history.Most}");
    }

    /// <summary>Everything is done. I2: the results are those of an undisturbed run; I8: nothing is left behind.</summary>
    public void AtEnd()
    {
        foreach (Truth truth in _cluster.Truths.Values)
        {
            History history = _histories[truth.Id];
            Require(history.Completed.Count == truth.Grains, $"{truth.Id}: {history.Completed.Count} of {truth.Grains} grains are completed");
            Require(_cluster.Store.Digest(truth.Id) == truth.Digest, $"{truth.Id}: the digest is another");
            Require(history.Quarantined.SetEquals(truth.Poison), $"{truth.Id}: quarantined {string.Join(", ", history.Quarantined)}, poison is {string.Join(", ", truth.Poison)}");
            Require(_cluster.Store.Record(truth.Id)?.State == CampaignStatus.Completed, $"{truth.Id}: the store says {_cluster.Store.Record(truth.Id)?.State}");
        }

        Require(Repeated <= _allowed, $"{Repeated} grains were computed again, faults excuse {_allowed}");
        Require(_cluster.Workers.All(worker => worker.Held == 0), "a worker still holds something");
    }

    private void CheckGrant(Truth truth, CampaignState state, string to, GrainsLeased leased)
    {
        foreach (long grain in leased.Granted.Grains)
        {
            Require(!state.Completed.Contains(grain), $"{truth.Id}: grain {grain} is completed and was leased");
            int others = state.Leases.Workers.Count(worker => worker.Key.Value.Split('~')[0] != to.Split('~')[0] && worker.Value.Held.Contains(grain));
            Require(others <= 1, $"{truth.Id}: grain {grain} was leased for the {others + 1}th time at once");
            _allowed += others;
            Require(others == 0 || IsStraggler(state, grain, to), $"{truth.Id}: grain {grain} is leased twice and nobody is late with it");
        }
    }

    private bool IsStraggler(CampaignState state, long grain, string to) => state.Leases.Workers
        .Where(worker => worker.Key.Value.Split('~')[0] != to.Split('~')[0] && worker.Value.Held.Contains(grain))
        .All(worker => (worker.Value.Begun.TryGetValue(grain, out var since) && since <= _cluster.World.Noon + _cluster.World.Now - TimeSpan.FromSeconds(2))
            || worker.Value.Recalled.Contains(grain));

    public static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new ViolationException(what);
        }
    }
}
