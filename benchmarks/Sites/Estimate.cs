namespace CalciumSweep.Benchmarks.Sites;

/// <summary>A value and its standard error; NaN where there is none.</summary>
internal readonly record struct Estimate(double Value, double Error)
{
    /// <summary>Mean of what is not NaN.</summary>
    public static Estimate Mean(IEnumerable<double> values)
    {
        double[] x = [.. values.Where(v => !double.IsNaN(v))];
        if (x.Length < 3)
        {
            return new(double.NaN, double.NaN);
        }

        double mean = x.Average();
        return new(mean, Math.Sqrt(x.Sum(v => (v - mean) * (v - mean)) / (x.Length - 1.0) / x.Length));
    }

    /// <summary>Share of <paramref name="n"/> trials.</summary>
    public static Estimate Share(int wins, int n)
    {
        double p = wins / (double)n;
        return new(p, Math.Sqrt(Math.Max(p * (1 - p), 0.5 / n) / n));
    }

    /// <summary>Difference over what is allowed: 4√(SE² + SE_ref²) + <paramref name="slack"/>.</summary>
    public double Use(Estimate reference, double slack) =>
        Math.Abs(Value - reference.Value) / ((4 * Math.Sqrt((Error * Error) + (reference.Error * reference.Error))) + slack);
}
