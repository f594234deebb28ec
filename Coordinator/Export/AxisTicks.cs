using System.Globalization;
using CalciumSweep.Shared.Spec;

namespace CalciumSweep.Coordinator.Export;

/// <summary>Round numbers along an axis that is drawn cell by cell: positions are indices into the axis' values.</summary>
public static class AxisTicks
{
    private const int Wanted = 8;

    /// <summary>Positions [index of a value, may be fractional] and their labels.</summary>
    public static IReadOnlyList<(double Position, string Label)> Of(Axis axis)
    {
        IReadOnlyList<double> v = axis.Values;
        if (v.Count <= Wanted)
        {
            return [.. v.Select((value, i) => ((double)i, Label(value)))];
        }

        IEnumerable<double> round = axis.IsLogarithmic ? Powers(v.Min(), v.Max()) : Steps(v.Min(), v.Max());
        var ticks = new List<(double, string)>();
        foreach (double value in round)
        {
            if (Position(axis, value) is double position)
            {
                ticks.Add((position, Label(value)));
            }
        }

        return ticks;
    }

    private static double? Position(Axis axis, double value)
    {
        for (int i = 0; i + 1 < axis.Values.Count; i++)
        {
            double a = axis.Values[i], b = axis.Values[i + 1];
            double t = axis.IsLogarithmic ? Math.Log(value / a) / Math.Log(b / a) : (value - a) / (b - a);

            // A value that is on the axis up to rounding belongs to it.
            if (t is >= -1e-9 and <= 1 + 1e-9)
            {
                return i + t;
            }
        }

        return null;
    }

    // Powers of two up to a factor of 2^8, of ten beyond.
    private static IEnumerable<double> Powers(double from, double to)
    {
        double b = Math.Log2(to / from) <= Wanted ? 2 : 10;
        for (double k = Math.Ceiling(Math.Log(from, b) - 1e-9); k <= Math.Log(to, b) + 1e-9; k++)
        {
            yield return Math.Pow(b, k);
        }
    }

    private static IEnumerable<double> Steps(double from, double to)
    {
        double rough = (to - from) / Wanted, power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step = power * (rough / power <= 1 ? 1 : rough / power <= 2 ? 2 : rough / power <= 5 ? 5 : 10);
        for (double k = Math.Ceiling((from / step) - 1e-9); k <= (to / step) + 1e-9; k++)
        {
            yield return k * step;
        }
    }

    // Adding zero turns −0 into 0.
    private static string Label(double value) => (value + 0.0).ToString("G4", CultureInfo.InvariantCulture);
}
