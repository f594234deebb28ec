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
    /// <summary>Everything that went wrong: counts of all of it, and a page of the list.</summary>
    /// <param name="limit">Simulations on the page.</param>
    /// <param name="after">The last simulation of the page before; null begins with the first.</param>
    /// <param name="only">Lists those with this reason; null: all.</param>
    /// <returns>The page, and whether more follow.</returns>
    /// <exception cref="CommandException">The list has no simulation to go on after.</exception>
    public (FailuresAnswer Page, bool IsMore) Read(int limit, long? after, string? only)
    {
        var counts = new Dictionary<string, (long All, long Quarantined)>(StringComparer.Ordinal);
        var listed = new List<FailedSimulation>();
        long failed = 0;
        bool isReached = after is null, isMore = false;
        foreach ((long simulation, string reason) in record.Quarantined.OrderBy(q => q.Simulation).Select(q => (q.Simulation, q.Reason)))
        {
            Add(simulation, "quarantined", reason);
        }

        foreach ((long simulation, string reason) in Failed())
        {
            failed++;
            Add(simulation, "failed", reason);
        }

        if (!isReached)
        {
            throw new CommandException(
                $"there is no simulation {after} to go on after among those that went wrong", "begin without 'after' again", ExitCode.NotFound);
        }

        return (new(
            record.Quarantined.Count, failed,
            [.. counts.OrderByDescending(c => c.Value.All).ThenBy(c => c.Key, StringComparer.Ordinal)
                .Select(c => new FailureReason(c.Key, c.Value.All, c.Value.Quarantined))],
            listed), isMore);

        void Add(long simulation, string state, string reason)
        {
            (long all, long quarantined) = counts.GetValueOrDefault(reason);
            counts[reason] = (all + 1, quarantined + (state == "quarantined" ? 1 : 0));
            if (!isReached)
            {
                isReached = simulation == after;
            }
            else if (only is null || only == reason)
            {
                if (listed.Count < limit)
                {
                    listed.Add(One(simulation, state, reason));
                }
                else
                {
                    isMore = true;
                }
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
