using CalciumSweep.Shared;
using CalciumSweep.Shared.Messages;
using CalciumSweep.Shared.Results;

namespace CalciumSweep.Worker;

/// <summary>
/// A worker's side of the pull protocol over all campaigns: what it holds, and what it says when. States what it holds
/// at once when it runs low and every 5 s; reports completions until they are acknowledged. Deterministic: time comes in
/// as an argument, messages go out as return values. Not thread-safe; lives as long as the process, whatever becomes of
/// its actor system.
/// </summary>
/// <param name="worker">This worker's name.</param>
/// <param name="settings">How it computes.</param>
public sealed class WorkerProtocol(WorkerId worker, WorkerSettings settings)
{
    private const int GrainsInReport = 64;

    // With reasons of 300 characters that is 1.3 MB: a frame of 4 MiB holds it, and a larger one would be dropped.
    private const int QuarantinedInReport = 4096;
    private static readonly TimeSpan _stateInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _repeatInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _idleInterval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _refusedInterval = TimeSpan.FromSeconds(60);
    private readonly SortedDictionary<string, HeldGrains> _campaigns = new(StringComparer.Ordinal);
    private readonly Dictionary<CampaignId, TimeSpan> _joining = [], _refused = [], _asked = [], _stated = [], _reported = [];

    /// <summary>What an earlier process left, of campaigns that are not worked on yet.</summary>
    private readonly Dictionary<CampaignId, List<RecoveredGrains>> _recovered = [];
    private long _statement;

    /// <summary>This worker's name.</summary>
    public WorkerId Worker => worker;

    /// <summary>Campaigns that are worked on, in the order of their names.</summary>
    public IReadOnlyCollection<HeldGrains> Campaigns => _campaigns.Values;

    /// <summary>True once it is to hand back what it has not finished and ask for nothing.</summary>
    public bool IsLeaving { get; private set; }

    /// <summary>A campaign that is worked on, or null.</summary>
    public HeldGrains? Find(CampaignId id) => _campaigns.GetValueOrDefault(id.Value);

    /// <summary>Takes what a campaign says; <see cref="CampaignSpec"/> is for who can read it: see <see cref="Open"/>.</summary>
    public IReadOnlyList<ICampaignMessage> Hear(ICampaignReply message, TimeSpan now)
    {
        var said = new List<ICampaignMessage>();
        switch (message)
        {
            case CampaignAnnounced announced:
                Hear(announced, now, said);
                break;
            case GrainsLeased leased:
                Hear(leased, now, said);
                break;
            case GrainsAcknowledged acknowledged:
                Find(acknowledged.Id)?.Acknowledge(acknowledged.Grains);
                break;
            case ReturnGrains back when Find(back.Id) is { } held:
                held.Return(back.Grains.Contains);
                HandBack(held, now, said);
                break;
            case WorkerRefused refused:
                _joining.Remove(refused.Id);
                _refused[refused.Id] = now;
                break;
        }

        return said;
    }

    /// <summary>Begins to work on a campaign, or goes on with it.</summary>
    public IReadOnlyList<ICampaignMessage> Open(CampaignSpec spec, TimeSpan now)
    {
        _joining.Remove(spec.Id);
        if (IsLeaving)
        {
            return [];
        }

        HeldGrains held = Find(spec.Id) ?? new HeldGrains(spec.Id, settings);
        _campaigns[spec.Id.Value] = held;
        held.Priority = spec.Priority;
        held.Hear(spec.Removals);
        if (_recovered.Remove(spec.Id, out List<RecoveredGrains>? left))
        {
            left.ForEach(held.Recovered);
        }

        Divide();
        var said = new List<ICampaignMessage>();
        State(held, now, said);
        return said;
    }

    /// <summary>
    /// The store has grains that an earlier process computed, and nobody was told: they are held and reported as soon as the
    /// campaign is worked on here.
    /// </summary>
    public void Recovered(CampaignId id, RecoveredGrains grains)
    {
        if (Find(id) is { } held)
        {
            held.Recovered(grains);
        }
        else if (_recovered.TryGetValue(id, out List<RecoveredGrains>? known))
        {
            known.Add(grains);
        }
        else
        {
            _recovered[id] = [grains];
        }
    }

    /// <summary>Drops a campaign that cannot be computed here; it is not joined again for a minute.</summary>
    public IReadOnlyList<ICampaignMessage> Refuse(CampaignId id, TimeSpan now)
    {
        _joining.Remove(id);
        _refused[id] = now;
        HeldGrains? held = Find(id);
        var said = new List<ICampaignMessage>();
        if (held is not null)
        {
            Close(id);
            Report(held, again: true, now, said);
            said.Add(Last(held));
        }

        return said;
    }

    /// <summary>Something was stored, or a queue runs low.</summary>
    public IReadOnlyList<ICampaignMessage> Wake(TimeSpan now)
    {
        var said = new List<ICampaignMessage>();
        foreach (HeldGrains held in _campaigns.Values)
        {
            Report(held, again: false, now, said);
            StateIfLow(held, now, said);
        }

        return said;
    }

    /// <summary>Time goes on: to be called every half second.</summary>
    public IReadOnlyList<ICampaignMessage> Tick(TimeSpan now)
    {
        var said = new List<ICampaignMessage>();
        foreach (HeldGrains held in _campaigns.Values)
        {
            bool again = now - _reported.GetValueOrDefault(held.Id) >= _repeatInterval;
            Report(held, again, now, said);
            TimeSpan silent = now - _stated.GetValueOrDefault(held.Id);
            if (silent >= _stateInterval || (silent >= _idleInterval && Idle > 0 && !IsLeaving))
            {
                held.AskAgain();
                State(held, now, said);
            }
            else
            {
                StateIfLow(held, now, said);
            }
        }

        return said;
    }

    /// <summary>A new actor system around a worker that was at work already: whatever was on its way is lost.</summary>
    public IReadOnlyList<ICampaignMessage> Rejoin(TimeSpan now)
    {
        _joining.Clear();
        _refused.Clear();
        _asked.Clear();
        var said = new List<ICampaignMessage>();
        foreach (HeldGrains held in _campaigns.Values)
        {
            held.AskAgain();
            State(held, now, said);
            Report(held, again: true, now, said);
        }

        return said;
    }

    /// <summary>This process ends: hands back what is not finished, and asks for nothing more.</summary>
    public IReadOnlyList<ICampaignMessage> Leave(TimeSpan now)
    {
        IsLeaving = true;
        var said = new List<ICampaignMessage>();
        foreach (HeldGrains held in _campaigns.Values)
        {
            held.ReturnAll();
            Report(held, again: true, now, said);
            said.Add(Last(held));
        }

        return said;
    }

    /// <summary>Drops a campaign: nothing of it is to be computed any more.</summary>
    public void Close(CampaignId id)
    {
        if (_campaigns.Remove(id.Value, out HeldGrains? held))
        {
            held.Close();
            Divide();
        }
    }

    private int Idle => Math.Max(0, settings.Threads - _campaigns.Values.Sum(held => held.Open + held.Queued));

    private void Hear(CampaignAnnounced announced, TimeSpan now, List<ICampaignMessage> said)
    {
        HeldGrains? held = Find(announced.Id);
        if (held is not null && held.Priority != announced.Priority)
        {
            held.Priority = announced.Priority;
            Divide();
        }

        switch (announced.Status)
        {
            case CampaignStatus.Running when held is not null:
                held.AskAgain();
                StateIfLow(held, now, said);
                break;
            case CampaignStatus.Running when !IsLeaving && MayJoin(announced.Id, now):
                _joining[announced.Id] = now;
                said.Add(new GetSpec(announced.Id, worker, WorkerVersions.Current));
                break;
            default:
                Heed(announced.Id, announced.Status, now, said);
                break;
        }
    }

    private bool MayJoin(CampaignId id, TimeSpan now) =>
        !(_joining.TryGetValue(id, out TimeSpan asked) && now - asked < _stateInterval)
        && !(_refused.TryGetValue(id, out TimeSpan refused) && now - refused < _refusedInterval);

    private void Hear(GrainsLeased leased, TimeSpan now, List<ICampaignMessage> said)
    {
        _asked.Remove(leased.Id);
        Find(leased.Id)?.Grant(leased);
        Heed(leased.Id, leased.Status, now, said);
    }

    private void Heed(CampaignId id, CampaignStatus status, TimeSpan now, List<ICampaignMessage> said)
    {
        if (status is CampaignStatus.Completed or CampaignStatus.Cancelled)
        {
            // Whoever goes on with it asks the store what it has.
            _recovered.Remove(id);
            Close(id);
        }
        else if (status == CampaignStatus.Paused && Find(id) is { Queued: > 0 } held)
        {
            held.Return(_ => true);
            HandBack(held, now, said);
        }
    }

    private void StateIfLow(HeldGrains held, TimeSpan now, List<ICampaignMessage> said)
    {
        // One question at a time; an answer that did not come within a second is lost.
        bool waiting = _asked.TryGetValue(held.Id, out TimeSpan asked) && now - asked <= _repeatInterval;
        if (!waiting && held.IsLow && !IsLeaving)
        {
            State(held, now, said);
        }
    }

    private void State(HeldGrains held, TimeSpan now, List<ICampaignMessage> said)
    {
        _asked[held.Id] = now;
        _stated[held.Id] = now;
        said.Add(IsLeaving ? Last(held) : held.State(worker, ++_statement, Idle));
    }

    /// <summary>What is handed back is for others: nothing is asked for.</summary>
    private void HandBack(HeldGrains held, TimeSpan now, List<ICampaignMessage> said)
    {
        State(held, now, said);
        said[^1] = (StateHolding)said[^1] with { TopUpTo = 0 };
    }

    private StateHolding Last(HeldGrains held) =>
        held.State(worker, ++_statement, 0) with { TopUpTo = 0, IsLeaving = true };

    private void Report(HeldGrains held, bool again, TimeSpan now, List<ICampaignMessage> said)
    {
        if (again)
        {
            _reported[held.Id] = now;
        }

        var some = new List<GrainCompletion>();
        int quarantined = 0;
        foreach (GrainCompletion grain in held.Unacknowledged(again))
        {
            if (some.Count == GrainsInReport || (some.Count > 0 && quarantined + grain.Quarantined.Count > QuarantinedInReport))
            {
                said.Add(new CompleteGrains(held.Id, worker, some) { Removals = held.Removals });
                (some, quarantined) = ([], 0);
            }

            some.Add(grain);
            quarantined += grain.Quarantined.Count;
        }

        if (some.Count > 0)
        {
            said.Add(new CompleteGrains(held.Id, worker, some) { Removals = held.Removals });
        }
    }

    /// <summary>The prefetch is divided as the solver threads' time is.</summary>
    private void Divide()
    {
        double all = _campaigns.Values.Sum(held => Math.Pow(2, held.Priority));
        foreach (HeldGrains held in _campaigns.Values)
        {
            held.Share = Math.Pow(2, held.Priority) / all;
        }
    }
}
