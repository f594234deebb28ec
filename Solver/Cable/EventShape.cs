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

    /// <summary>Around the largest value: from where it last rose through <paramref name="half"/> to where it first falls below it; NaN if it does not.</summary>
    public static double DurationAround(List<(double Time, double Value)> series, int top, double half)
    {
        int from = top, to = top;
        while (from > 0 && series[from].Value >= half)
        {
            from--;
        }

        while (to < series.Count - 1 && series[to].Value >= half)
        {
            to++;
        }

        return series[from].Value < half && series[to].Value < half
            ? Crossing(series[to - 1], series[to], half) - Crossing(series[from], series[from + 1], half)
            : double.NaN;
    }

    /// <summary>Full width around the highest cell, in cells, linear between them; NaN if a side does not fall below <paramref name="half"/>.</summary>
    public static double Width(double[] profile, double half)
    {
        int peak = Array.IndexOf(profile, profile.Max());
        return Side(profile, peak, half, -1) + Side(profile, peak, half, 1);
    }

    private static double Crossing((double Time, double Value) a, (double Time, double Value) b, double half) =>
        a.Time + ((b.Time - a.Time) * (half - a.Value) / (b.Value - a.Value));

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
