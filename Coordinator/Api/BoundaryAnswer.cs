using CalciumSweep.Coordinator.Diagrams;
using CalciumSweep.Coordinator.Export;
using CalciumSweep.Shared.Results;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Coordinator.Api;

/// <summary>Where P(wave) is one half on a map, as line segments [x1, y1, x2, y2] in cells from the centre of the first one.</summary>
/// <param name="Campaign">Its id.</param>
/// <param name="Middle">Where P(wave) is one half.</param>
/// <param name="Inner">Where the lower end of its 95 % interval is one half: surely more waves beyond.</param>
/// <param name="Outer">Where the upper end is one half: surely fewer waves beyond.</param>
internal sealed record BoundaryAnswer(
    string Campaign, IReadOnlyList<double[]> Middle, IReadOnlyList<double[]> Inner, IReadOnlyList<double[]> Outer)
{
    private const double Level = 0.5;

    /// <summary>Of a slice.</summary>
    public static BoundaryAnswer Of(string campaign, PointBoard board, DiagramSlice slice)
    {
        var (middle, low, high) = (new double[slice.Height, slice.Width], new double[slice.Height, slice.Width], new double[slice.Height, slice.Width]);
        for (int cell = 0; cell < slice.Width * slice.Height; cell++)
        {
            ReadOnlySpan<int> counts = board.Counts(slice.Point(cell));
            long n = 0, waves = counts[(int)Outcome.Wave];
            foreach (int count in counts)
            {
                n += count;
            }

            (int y, int x) = Math.DivRem(cell, slice.Width);
            middle[y, x] = n == 0 ? double.NaN : (double)waves / n;
            (low[y, x], high[y, x]) = n == 0 ? (double.NaN, double.NaN) : Wilson.Interval(waves, n);
        }

        return new(campaign, Lines(middle), Lines(low), Lines(high));
    }

    private static double[][] Lines(double[,] values) =>
        [.. Contour.Segments(values, Level).Select(s => new[] { s.From.X, s.From.Y, s.To.X, s.To.Y })];
}
