using CalciumSweep.Solver.Lattice;

namespace CalciumSweep.Physics.ExactScenarios;

public sealed class ReleaseKernelTests
{
    [Theory]
    [InlineData(0, 1.0)]
    [InlineData(1e-8, 0.99999998871620843)]
    [InlineData(0.1, 0.89645697996912664)]
    [InlineData(0.5, 0.61569034419292587)]
    [InlineData(1, 0.427583576155807)]
    [InlineData(1.7, 0.29166329707534347)]
    [InlineData(3, 0.17900115118138995)]
    [InlineData(4.9, 0.11287909055975876)]
    [InlineData(8, 0.069985166200880928)]
    [InlineData(20, 0.028174348741051319)]
    [InlineData(150, 0.0037611803122479919)]
    [InlineData(1e6, 5.6418958354747419e-7)]
    public void Erfcx_is_within_four_ulps(double x, double expected) =>
        Assert.InRange(Erfcx.At(x) / expected, 1 - (4 * Math.ScaleB(1, -52)), 1 + (4 * Math.ScaleB(1, -52)));

    /// <summary>
    /// Closed forms, their expansions and the quadratures, on both sides of every switch, against a plain quadrature good to
    /// 1e-12 of the value. Between s = 1 and 2 strong uptake leaves a small difference of closed forms: its rounding is that of
    /// the value at s = 1, so that 1e-14 of this is allowed. Values below e⁻³⁰ do not matter to a front.
    /// </summary>
    [Fact]
    public void Window_is_the_integral_for_any_distance_uptake_and_time()
    {
        foreach (double beta in new[] { 0.01, 0.1, 1, 10 })
        {
            foreach (double kappa in new[] { 0, 1e-8, 1e-3, 0.02, 0.3, 1, 6, 40 })
            {
                foreach (double s in new[] { 1e-3, 0.02, 0.3, 0.999, 1.001, 1.5, 1.999, 2.001, 3, 7.99, 8.01, 20, 99.9, 100.1, 1e3, 1e5 })
                {
                    foreach (int n in new[] { 1, 2, 5, 20, 100 })
                    {
                        double a = n * (double)n / (4 * beta);
                        double actual = new ReleaseKernel(kappa).Window(a, s) / Math.Sqrt(4 * Math.PI * beta);
                        double expected = FrontSpeed.Released(n, s, beta, kappa);
                        double scale = expected + 1e-13 + (1e-4 * FrontSpeed.Released(n, Math.Min(s, 1), beta, kappa));
                        double error = Math.Abs(actual - expected) / scale;
                        Assert.True(error < 1e-10, $"beta {beta}, kappa {kappa}, s {s}, n {n}: {actual} {expected}");
                    }
                }
            }
        }
    }

    /// <summary>The bound that keeps a step from jumping over a crossing: W″ by differences never exceeds it.</summary>
    [Fact]
    public void Curvature_bounds_the_second_derivative_over_the_whole_stride()
    {
        foreach (double beta in new[] { 0.05, 1, 20 })
        {
            foreach (double kappa in new[] { 0, 0.1, 3 })
            {
                foreach (int n in new[] { 1, 4, 30 })
                {
                    var influence = new SiteInfluence(beta, kappa, n);
                    foreach (double s in new[] { 0.01, 0.3, 0.9, 1.2, 2.5, 9, 60 })
                    {
                        foreach (double h in new[] { 1e-3, 0.1, 1, 30 })
                        {
                            AssertBound(influence, s, h);
                        }
                    }
                }
            }
        }
    }

    private static void AssertBound(SiteInfluence influence, double s, double h)
    {
        double bound = influence.Curvature(s, h), d = 1e-5 * h;
        for (int i = 1; i < 50; i++)
        {
            double at = s + (h * i / 50);
            double difference = (Slope(influence, at + d) - Slope(influence, at - d)) / (2 * d);

            // Rounding of a slope, a difference of two densities, is below 1e-15 of the larger, here at most 10.
            Assert.True(difference <= bound + (1e-6 * Math.Abs(bound)) + (1e-14 / d), $"{difference} > {bound} at {at}");
        }
    }

    private static double Slope(SiteInfluence influence, double s)
    {
        Influence sum = default;
        influence.AddValue(s, ref sum);
        return sum.Slope;
    }
}
