using System.Globalization;
using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Coordinator.Export;

/// <summary>The table of a campaign, one row a replicate (contract §3).</summary>
public static class ReplicateTable
{
    /// <summary>Writes header and rows as CSV; numbers read back to the same bits, not applicable is empty.</summary>
    public static void Write(TextWriter output, Plan plan, GrainLayout layout, IEnumerable<GrainResult> grains)
    {
        output.Write(string.Join(',',
        [
            .. plan.Spec.Axes.Select(axis => $"{axis.Parameter} [{axis.Unit}]"), "index", "replicate", "outcome", "reason",
            .. plan.ObserveIndex.Select(i => plan.Model.Observables[i]).Select(o => $"{o.Name} [{o.Unit}]"),
        ]) + "\n");
        foreach (GrainResult grain in grains)
        {
            (long first, int count) = layout.Range(grain.Grain);
            for (int i = 0; i < count; i++)
            {
                // A quarantined simulation has no outcome and no row.
                if (grain.Outcomes[i] is Outcome outcome)
                {
                    output.Write(Row(plan, layout, grain, first + i, i, outcome));
                }
            }
        }
    }

    private static string Row(Plan plan, GrainLayout layout, GrainResult grain, long simulation, int at, Outcome outcome)
    {
        long point = simulation / layout.Replicates;
        int[] place = plan.Coordinates(point);
        int kept = plan.ObserveIndex.Count;
        string reason = grain.Reasons.GetValueOrDefault(at, "").Replace("\"", "\"\"", StringComparison.Ordinal);
        return string.Join(',',
        [
            .. plan.Spec.Axes.Select((axis, i) => Text(axis.Values[place[i]])),
            point.ToString(CultureInfo.InvariantCulture),
            (simulation % layout.Replicates).ToString(CultureInfo.InvariantCulture),
            outcome == Outcome.None ? "" : outcome.ToString().ToLowerInvariant(),
            reason.Length == 0 ? "" : $"\"{reason}\"",
            .. Enumerable.Range(0, kept).Select(k => Text(grain.Observables[(at * kept) + k])),
        ]) + "\n";
    }

    private static string Text(double value) => double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : "";
}
