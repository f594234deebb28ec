using CalciumSweep.Shared.Messages;
using CalciumSweep.Shared.Results;
using static CalciumSweep.Simulation.Invariants;

namespace CalciumSweep.Simulation;

/// <summary>One campaign as its journal tells it.</summary>
internal sealed class History
{
    public HashSet<long> Completed { get; } = [];

    public HashSet<long> Quarantined { get; } = [];

    /// <summary>How often each grain was begun.</summary>
    public Dictionary<long, int> Began { get; } = [];

    public Tally Tally { get; private set; } = Tally.Empty;

    /// <summary>The largest number of completed grains that there ever was.</summary>
    public int Most { get; private set; }

    /// <summary>True once grains that were completed are not any more.</summary>
    public bool IsReopened { get; private set; }

    public void Written(Truth truth, ICampaignEvent change, SimulatedStore store)
    {
        switch (change)
        {
            case GrainsCompleted done:
                foreach (long grain in done.Grains.Grains)
                {
                    Require(Completed.Add(grain), $"{truth.Id}: grain {grain} is accepted twice");
                    Require(store.Has(truth.Id, grain), $"{truth.Id}: grain {grain} is accepted and not stored");
                    Tally += truth.Completion(grain).Tally;
                }

                Most = Math.Max(Most, Completed.Count);
                break;
            case SimulationsQuarantined given:
                foreach (QuarantinedSimulation one in given.Simulations)
                {
                    Require(truth.Poison.Contains(one.Simulation), $"{truth.Id}: simulation {one.Simulation} is quarantined and harmless");
                    Require(Quarantined.Add(one.Simulation), $"{truth.Id}: simulation {one.Simulation} is quarantined twice");
                }

                break;
            case QuarantineRetried retried:
                IsReopened = true;
                foreach (long grain in retried.Grains.Grains)
                {
                    Require(Completed.Remove(grain), $"{truth.Id}: grain {grain} is retried and was not completed");
                    Quarantined.RemoveWhere(simulation => truth.Layout.GrainOf(simulation) == grain);
                }

                Tally = Completed.Aggregate(Tally.Empty, (sum, grain) => sum + truth.Completion(grain).Tally);
                break;
            case CampaignFinished:
                Require(Completed.Count == truth.Grains, $"{truth.Id} is finished with {Completed.Count} of {truth.Grains} grains");
                break;
            case CampaignDeleted:
                IsReopened = true;
                Completed.Clear();
                Quarantined.Clear();
                Tally = Tally.Empty;
                break;
        }
    }
}
