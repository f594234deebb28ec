using CalciumSweep.Coordinator.Diagrams;
using CalciumSweep.Coordinator.Export;
using CalciumSweep.Shared.Api;
using CalciumSweep.Shared.Results;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Coordinator.Api;

/// <summary>The lines on a map along which P(wave), or an end of its interval, is one half.</summary>
internal static class BoundaryLines
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
