using CalciumSweep.Shared.Spec;

namespace CalciumSweep.Coordinator.Export;

/// <summary>Which two axes of a campaign are shown, and where the others are held.</summary>
/// <param name="X">Index of the horizontal axis.</param>
/// <param name="Y">Index of the vertical axis.</param>
/// <param name="Held">Index of the value at which each axis is held [axes]; of no meaning for the two shown.</param>
public sealed record DiagramAxes(int X, int Y, IReadOnlyList<int> Held)
{
    /// <summary>The two longest axes, the others at their middle value.</summary>
    /// <exception cref="ArgumentException">There are fewer than two axes.</exception>
    public static DiagramAxes Longest(Plan plan)
    {
        IReadOnlyList<Axis> axes = plan.Spec.Axes;
        if (axes.Count < 2)
        {
            throw new ArgumentException($"a phase diagram needs two axes, the spec has {axes.Count}", nameof(plan));
        }

        // Of axes of equal length the first ones are shown; in the spec's order the first is horizontal.
        int[] shown = [.. Enumerable.Range(0, axes.Count).OrderByDescending(i => axes[i].Values.Count).Take(2).Order()];
        return new(shown[0], shown[1], [.. axes.Select(axis => axis.Values.Count / 2)]);
    }

    /// <summary>The axes that are not shown.</summary>
    public IEnumerable<int> Hidden => Enumerable.Range(0, Held.Count).Where(i => i != X && i != Y);
}
