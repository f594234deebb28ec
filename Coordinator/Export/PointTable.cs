using System.Globalization;
using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Coordinator.Export;

/// <summary>The table of a campaign, one row a point (contract §3).</summary>
public static class PointTable
{
    /// <summary>Writes header and rows as CSV; numbers are the shortest that read back to the same bits, unknown is empty.</summary>
    public static void Write(TextWriter output, Plan plan, IEnumerable<PointSummary> points)
    {
        output.Write(Line(Header(plan)));
        foreach (PointSummary point in points)
        {
            output.Write(Line(Row(plan, point)));
        }
    }

    private static string Line(IEnumerable<string> fields) => string.Join(',', fields.Select(Quote)) + "\n";

    private static string Quote(string field) =>
        field.AsSpan().ContainsAny(",\"\n\r") ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;

    private static IEnumerable<string> Header(Plan plan) =>
    [
        .. plan.Spec.Axes.Select(axis => $"{axis.Parameter} [{axis.Unit}]"),
        "n",
        .. plan.Model.Outcomes.Select(Name),
        "p_wave", "p_wave_low", "p_wave_high", "interval", "undecided",
        .. plan.ObserveIndex.Select(i => plan.Model.Observables[i])
            .SelectMany(o => new[] { $"{o.Name} mean [{o.Unit}]", $"{o.Name} sd [{o.Unit}]" }),
    ];

    private static IEnumerable<string> Row(Plan plan, PointSummary point)
    {
        int[] at = plan.Coordinates(point.Index);
        (double low, double high) = point.PWaveInterval;
        bool judged = plan.Model.Outcomes.Contains(Outcome.Wave);
        return
        [
            .. plan.Spec.Axes.Select((axis, i) => Text(axis.Values[at[i]])),
            Text(point.N),
            .. plan.Model.Outcomes.Select(outcome => Text(point.Tally[outcome])),
            Text(judged ? point.PWave : null), Text(judged ? low : null), Text(judged ? high : null),
            judged ? "wilson" : "", Text(point.Undecided),
            .. point.Observables.SelectMany(o => new[] { Text(o.Mean), Text(o.Sd) }),
        ];
    }

    private static string Name(Outcome outcome) => outcome.ToString().ToLowerInvariant();

    private static string Text(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";
}
