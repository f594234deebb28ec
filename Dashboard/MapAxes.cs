using CalciumSweep.Shared.Api;

namespace CalciumSweep.Dashboard;

/// <summary>The two axes of a campaign's map.</summary>
public static class MapAxes
{
    // The API has larger maps as tiles only.
    private const long Large = 4_000_000;

    /// <summary>Those that are drawn if none is named: the two longest, in spec order.</summary>
    public static AxisAnswer[] Usual(PlanAnswer plan) =>
        [.. plan.Axes.Select((axis, i) => (axis, i)).OrderByDescending(a => a.axis.Values.Count).ThenBy(a => a.i).Take(2).OrderBy(a => a.i).Select(a => a.axis)];

    /// <summary>True if their map has more points than one answer.</summary>
    public static bool IsLarge(params AxisAnswer[] axes) => axes.Aggregate(1L, (points, axis) => points * axis.Values.Count) > Large;
}
