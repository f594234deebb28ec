using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;

namespace CalciumSweep.Coordinator.Export;

/// <summary>One number per point over two axes; further axes are held at one value.</summary>
/// <param name="X">Horizontal axis.</param>
/// <param name="Y">Vertical axis.</param>
/// <param name="Values">Values [y, x]; NaN where nothing is known yet.</param>
/// <param name="Undecided">Share of undecided simulations [y, x], 0…1.</param>
/// <param name="Held">The axes that are not shown, and the value they are held at.</param>
public sealed record PhaseGrid(
    Axis X, Axis Y, double[,] Values, double[,] Undecided, IReadOnlyList<(Axis Axis, double Value)> Held)
{
    /// <summary>What the values are, with their unit.</summary>
    public string Label { get; init; } = "P(wave)";

    /// <summary>True if they are shares of simulations, 0…1.</summary>
    public bool IsShare { get; init; } = true;

    /// <summary>Smallest and largest value that is known; (0, 0) if none is.</summary>
    public (double Low, double High) Range =>
        Values.Cast<double>().Where(double.IsFinite).Aggregate(
            (Low: double.PositiveInfinity, High: double.NegativeInfinity), (range, value) => (Math.Min(range.Low, value), Math.Max(range.High, value))) is var (low, high)
        && low <= high ? (low, high) : (0, 0);

    /// <summary>P(wave) of a campaign with at least two axes.</summary>
    /// <exception cref="ArgumentException">There are fewer than two axes.</exception>
    public static PhaseGrid OfWaves(Plan plan, IEnumerable<PointSummary> points) =>
        Of(plan, points, point => point.PWave ?? double.NaN);

    /// <summary>Any number of a point over the two longest axes.</summary>
    /// <exception cref="ArgumentException">There are fewer than two axes.</exception>
    public static PhaseGrid Of(Plan plan, IEnumerable<PointSummary> points, Func<PointSummary, double> value) =>
        Of(plan, points, value, DiagramAxes.Longest(plan));

    /// <summary>Any number of a point over any two axes.</summary>
    public static PhaseGrid Of(Plan plan, IEnumerable<PointSummary> points, Func<PointSummary, double> value, DiagramAxes shown)
    {
        IReadOnlyList<Axis> axes = plan.Spec.Axes;
        (int x, int y) = (shown.X, shown.Y);
        int[] hidden = [.. shown.Hidden];
        var grid = new PhaseGrid(
            axes[x], axes[y], new double[axes[y].Values.Count, axes[x].Values.Count],
            new double[axes[y].Values.Count, axes[x].Values.Count],
            [.. hidden.Select(i => (axes[i], axes[i].Values[shown.Held[i]]))]);
        for (int row = 0; row < grid.Values.GetLength(0); row++)
        {
            for (int column = 0; column < grid.Values.GetLength(1); column++)
            {
                grid.Values[row, column] = double.NaN;
            }
        }

        foreach (PointSummary point in points)
        {
            int[] at = plan.Coordinates(point.Index);
            if (hidden.All(i => at[i] == shown.Held[i]))
            {
                grid.Values[at[y], at[x]] = value(point);
                grid.Undecided[at[y], at[x]] = point.Undecided ?? 0;
            }
        }

        return grid;
    }

    /// <summary>What is left when another map of the same axes is taken off; NaN where either is unknown, null if the axes differ.</summary>
    public PhaseGrid? Minus(PhaseGrid other)
    {
        if (!X.Values.SequenceEqual(other.X.Values) || !Y.Values.SequenceEqual(other.Y.Values))
        {
            return null;
        }

        var difference = (double[,])Values.Clone();
        for (int row = 0; row < Y.Values.Count; row++)
        {
            for (int column = 0; column < X.Values.Count; column++)
            {
                difference[row, column] -= other.Values[row, column];
            }
        }

        return this with { Values = difference };
    }
}
