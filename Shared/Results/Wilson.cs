namespace CalciumSweep.Shared.Results;

/// <summary>Wilson's score interval for a probability at a fixed number of trials.</summary>
/// <remarks>Source: E. B. Wilson, J. Am. Stat. Assoc. 22:209–212 (1927).</remarks>
public static class Wilson
{
    // 0.975 quantile of the standard normal: 95 % two-sided.
    private const double Z = 1.959963984540054;

    /// <summary>The 95 % interval; [0, 1] when nothing was tried.</summary>
    /// <param name="successes">Successes, 0…<paramref name="trials"/>.</param>
    /// <param name="trials">Trials, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">Successes are negative or exceed the trials.</exception>
    public static (double Low, double High) Interval(long successes, long trials)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
        if (trials == 0)
        {
            return (0, 1);
        }

        double n = trials, p = successes / n, z2 = Z * Z;
        double centre = p + (z2 / (2 * n));
        double half = Z * Math.Sqrt((p * (1 - p) / n) + (z2 / (4 * n * n)));
        double scale = 1 + (z2 / n);

        // The ends are exact at p = 0 and p = 1; rounding must not move them.
        double low = successes == 0 ? 0 : (centre - half) / scale;
        double high = successes == trials ? 1 : (centre + half) / scale;
        return (low, high);
    }
}
