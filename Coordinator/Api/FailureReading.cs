using CalciumSweep.Coordinator.Cli;
using CalciumSweep.Shared.Api;
using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Coordinator.Api;

/// <summary>Reads what went wrong in a campaign from the store.</summary>
/// <param name="archive">What is stored.</param>
/// <param name="record">The campaign.</param>
/// <param name="plan">Its plan.</param>
internal sealed class FailureReading(Archive archive, CampaignRecord record, Plan plan)
{
    /// <summary>Everything that went wrong.</summary>
    /// <param name="limit">Simulations to list.</param>
    public FailuresAnswer Read(int limit)
    {
        var counts = new Dictionary<string, (long All, long Quarantined)>(StringComparer.Ordinal);
        var listed = new List<FailedSimulation>();
        long failed = 0;
        foreach ((long simulation, string reason) in record.Quarantined.OrderBy(q => q.Simulation).Select(q => (q.Simulation, q.Reason)))
        {
            Add(simulation, "quarantined", reason);
        }

        foreach ((long simulation, string reason) in Failed())
        {
            failed++;
            Add(simulation, "failed", reason);
        }

        return new(
            record.Quarantined.Count, failed,
            [.. counts.OrderByDescending(c => c.Value.All).ThenBy(c => c.Key, StringComparer.Ordinal)
                .Select(c => new FailureReason(c.Key, c.Value.All, c.Value.Quarantined))],
            listed);

        void Add(long simulation, string state, string reason)
        {
            (long all, long quarantined) = counts.GetValueOrDefault(reason);
            counts[reason] = (all + 1, quarantined + (state == "quarantined" ? 1 : 0));
            if (listed.Count < limit)
            {
                listed.Add(One(simulation, state, reason));
            }
        }
    }

    // Grains are read only if some simulation did fail.
    private IEnumerable<(long Simulation, string Reason)> Failed()
    {
        if (archive.View(record).Tally[Outcome.Failed] == 0)
        {
            yield break;
        }

        foreach (GrainResult grain in archive.Grains(record, plan))
        {
            long first = record.Layout.Range(grain.Grain).First;
            for (int i = 0; i < grain.Outcomes.Count; i++)
            {
                if (grain.Outcomes[i] == Outcome.Failed)
                {
                    yield return (first + i, grain.Reasons.GetValueOrDefault(i, "no reason is kept"));
                }
            }
        }
    }

    private FailedSimulation One(long simulation, string state, string reason)
    {
        (long point, long replicate) = Math.DivRem(simulation, (long)record.Layout.Replicates);
        int[] at = plan.Coordinates(point);
        return new(
            simulation, point, (int)replicate,
            plan.Spec.Axes.Select((axis, i) => (axis.Parameter, Value: axis.Values[at[i]]))
                .ToDictionary(p => p.Parameter, p => p.Value, StringComparer.Ordinal),
            state, reason);
    }
}
