namespace CalciumSweep.Solver.Cable;

/// <summary>How long and how wide an event is.</summary>
internal static class EventShape
{
    /// <summary>From the first rise through <paramref name="half"/> to the last fall below it, linear between steps.</summary>
    public static double Duration(List<(double Time, double Value)> series, double half)
    {
        double from = double.NaN, to = double.NaN;
        for (int i = 1; i < series.Count; i++)
        {
            var (t0, c0) = series[i - 1];
            var (t1, c1) = series[i];
            double at = t0 + ((t1 - t0) * (half - c0) / (c1 - c0));
            if (c0 < half && c1 >= half && double.IsNaN(from))
            {
                from = at;
            }

            if (c0 >= half && c1 < half)
            {
                to = at;
            }
        }

        return to - from;
    }

    /// <summary>Full width around the highest cell, in cells, linear between them; NaN if a side does not fall below <paramref name="half"/>.</summary>
    public static double Width(double[] profile, double half)
    {
        int peak = Array.IndexOf(profile, profile.Max());
        return Side(profile, peak, half, -1) + Side(profile, peak, half, 1);
    }

    private static double Side(double[] profile, int peak, double half, int step)
    {
        int i = peak;
        while (i + step >= 0 && i + step < profile.Length && profile[i + step] >= half)
        {
            i += step;
        }

        return i + step < 0 || i + step >= profile.Length
            ? double.NaN
            : Math.Abs(i - peak) + ((profile[i] - half) / (profile[i] - profile[i + step]));
    }
}
