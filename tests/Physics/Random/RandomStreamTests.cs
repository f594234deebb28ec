using CalciumSweep.Solver.Random;

namespace CalciumSweep.Physics.Random;

/// <summary>
/// Every bound is 5 standard errors of the statistic (one failure in 1.7 million for a good generator) or the
/// Kolmogorov–Smirnov bound at 10⁻⁶, √(½ ln(2/10⁻⁶))/√n = 2.69/√n. Keys are fixed: a test passes always or never.
/// </summary>
public sealed class RandomStreamTests
{
    private const int Draws = 1_000_000;

    [Theory]
    [InlineData(0UL)]
    [InlineData(1UL)]
    [InlineData(0xDEADBEEF_01234567UL)]
    public void Uniforms_have_the_mean_the_variance_and_the_distribution_of_the_unit_interval(ulong key)
    {
        double[] u = Sample(Draws, i => new RandomStream(key, 3, 5).Uniform(i));
        (double mean, double variance) = Moments(u);
        Assert.InRange(mean - 0.5, -5 * Math.Sqrt(1.0 / 12 / Draws), 5 * Math.Sqrt(1.0 / 12 / Draws));

        // Var[(u − ½)²] = 1/80 − 1/144 = 1/180.
        Assert.InRange(variance - (1.0 / 12), -5 * Math.Sqrt(1.0 / 180 / Draws), 5 * Math.Sqrt(1.0 / 180 / Draws));
        Assert.True(KolmogorovSmirnov(u, x => x) < 2.69 / Math.Sqrt(Draws));
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(42UL)]
    public void Exponentials_have_the_mean_and_the_distribution_of_rate_one(ulong key)
    {
        double[] e = Sample(Draws, i => new RandomStream(key, 0, 1).Exponential(i));
        (double mean, double variance) = Moments(e);
        Assert.InRange(mean - 1, -5 / Math.Sqrt(Draws), 5 / Math.Sqrt(Draws));

        // Var[(e − 1)²] = 9 − 1.
        Assert.InRange(variance - 1, -5 * Math.Sqrt(8.0 / Draws), 5 * Math.Sqrt(8.0 / Draws));
        Assert.True(KolmogorovSmirnov(e, x => 1 - Math.Exp(-x)) < 2.69 / Math.Sqrt(Draws));
    }

    [Fact]
    public void Neighbouring_sites_replicates_keys_and_draws_are_uncorrelated()
    {
        const int n = 200_000;
        double[] here = Sample(n, i => new RandomStream(9, 4, 7).Uniform(i));
        double[][] others =
        [
            Sample(n, i => new RandomStream(9, 4, 8).Uniform(i)),
            Sample(n, i => new RandomStream(9, 5, 7).Uniform(i)),
            Sample(n, i => new RandomStream(9, 7, 4).Uniform(i)),
            Sample(n, i => new RandomStream(10, 4, 7).Uniform(i)),
            Sample(n, i => new RandomStream(9UL << 32, 4, 7).Uniform(i)),
            Sample(n, i => new RandomStream(9, 4, 7).Uniform(i + 1)),
            Sample(n, i => new RandomStream(9, 4, 7).Uniform(i + 2)),
        ];
        foreach (double[] other in others)
        {
            // The correlation of n independent pairs has standard error 1/√n.
            Assert.InRange(Correlation(here, other), -5 / Math.Sqrt(n), 5 / Math.Sqrt(n));
        }
    }

    [Fact]
    public void The_first_draws_of_many_sites_are_themselves_uniform_and_uncorrelated()
    {
        const int n = 200_000;
        double[] sites = Sample(n, i => new RandomStream(1, 0, (uint)i).Uniform(0));
        double[] replicates = Sample(n, i => new RandomStream(1, (uint)i, 0).Uniform(0));
        double[] keys = Sample(n, i => new RandomStream(i, 0, 0).Uniform(0));
        foreach (double[] u in new[] { sites, replicates, keys })
        {
            Assert.True(KolmogorovSmirnov([.. u], x => x) < 2.69 / Math.Sqrt(n));
            Assert.InRange(Correlation(u[..^1], u[1..]), -5 / Math.Sqrt(n), 5 / Math.Sqrt(n));
        }
    }

    private static double[] Sample(int n, Func<ulong, double> draw)
    {
        double[] values = new double[n];
        for (int i = 0; i < n; i++)
        {
            values[i] = draw((ulong)i);
        }

        return values;
    }

    private static (double Mean, double Variance) Moments(double[] x)
    {
        double mean = x.Average();
        return (mean, x.Sum(v => (v - mean) * (v - mean)) / (x.Length - 1));
    }

    private static double Correlation(double[] x, double[] y)
    {
        (double meanX, double varianceX) = Moments(x);
        (double meanY, double varianceY) = Moments(y);
        double covariance = x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum() / (x.Length - 1);
        return covariance / Math.Sqrt(varianceX * varianceY);
    }

    private static double KolmogorovSmirnov(double[] x, Func<double, double> distribution)
    {
        Array.Sort(x);
        double worst = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double f = distribution(x[i]);
            worst = Math.Max(worst, Math.Max(f - ((double)i / x.Length), ((i + 1.0) / x.Length) - f));
        }

        return worst;
    }
}
