using CalciumSweep.Shared.Spec;

namespace CalciumSweep.Coordinator.Export;

/// <summary>Where P(wave) crosses one half, along the first axis, for every combination of the other axes' values.</summary>
public static class Boundary
{
    private const double Level = 0.5;

    /// <summary>Crossings in the order of the points; linear interpolation between neighbours (of the logarithm on a log axis).</summary>
    /// <param name="plan">At least one axis.</param>
    /// <param name="pWave">P(wave) by point index; a point that is missing or NaN has no crossing beside it.</param>
    /// <returns>Value of each axis [axes] in its own unit.</returns>
    public static IEnumerable<double[]> Of(Plan plan, IReadOnlyDictionary<long, double> pWave)
    {
        Axis first = plan.Spec.Axes[0];
        long stride = plan.Points / first.Values.Count;
        for (long row = 0; row < stride; row++)
        {
            for (int i = 0; i + 1 < first.Values.Count; i++)
            {
                double a = pWave.GetValueOrDefault(row + (i * stride), double.NaN);
                double b = pWave.GetValueOrDefault(row + ((i + 1) * stride), double.NaN);
                if (double.IsNaN(a) || double.IsNaN(b) || a >= Level == b >= Level)
                {
                    continue;
                }

                int[] at = plan.Coordinates(row);
                double[] place = [.. plan.Spec.Axes.Select((axis, k) => axis.Values[at[k]])];
                place[0] = Between(first, i, (Level - a) / (b - a));
                yield return place;
            }
        }
    }

    private static double Between(Axis axis, int i, double t)
    {
        double from = axis.Values[i], to = axis.Values[i + 1];
        return axis.IsLogarithmic ? from * Math.Pow(to / from, t) : from + (t * (to - from));
    }
}
