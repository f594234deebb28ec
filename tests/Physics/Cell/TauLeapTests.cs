using CalciumSweep.Physics.ExactScenarios;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Physics.Cell;

/// <summary>Steps of τ against the exact simulation. Seeds are fixed: a test passes always or never.</summary>
public sealed class TauLeapTests
{
    private const int Runs = 10_000;
    private static readonly Model _exact = Cells.Of("scenario: a\ngeometry: { use: cluster }\n");
    private static readonly Model _leaping = Cells.Of("scenario: a\ngeometry: { use: cluster, method: tau-leap }\n");

    private static readonly (string, double)[][] _clusters =
    [
        [("channels", 10), ("opening.rate", 0.5), ("cooperativity", 2), ("closing.rate", 10), ("start.open", 10), ("duration", 2)],
        [("channels", 20), ("opening.rate", 0.1), ("cooperativity", 5), ("closing.rate", 20), ("start.open", 20), ("duration", 3)],
    ];

    /// <summary>
    /// Two samples of 10⁴: the distance of their distributions exceeds 0.02305 once in 100 if they are the same. Four comparisons are
    /// made, so each is held at 0.01/4 (Bonferroni): 1.83·√(2/10⁴) = 0.02588.
    /// </summary>
    [Theory]
    [InlineData(0, 5e-4)]
    [InlineData(1, 1e-3)]
    public void Short_steps_give_the_distribution_of_the_exact_simulation(int cluster, double tau)
    {
        SimulationResult[] exact = CollectingFeed.Run(_exact, Runs, 1, _clusters[cluster]);
        SimulationResult[] leaping = CollectingFeed.Run(_leaping, Runs, 2, [.. _clusters[cluster], ("tau", tau)]);
        foreach (int observable in new[] { 0, 2 })
        {
            Assert.InRange(Distance(Sorted(exact, observable), Sorted(leaping, observable)), 0, 0.02588);
        }
    }

    [Fact]
    public void The_test_tells_long_steps_apart() =>
        Assert.InRange(
            Distance(Sorted(CollectingFeed.Run(_exact, Runs, 1, _clusters[0]), 0), Sorted(CollectingFeed.Run(_leaping, Runs, 2, [.. _clusters[0], ("tau", 0.05)]), 0)),
            0.05, 1);

    /// <summary>Mean time to empty over the exact one: the bias at 4τ is four times that at τ, up to its next order (τ·k_c = 8 %) and 4 standard errors.</summary>
    [Fact]
    public void The_bias_is_proportional_to_the_step()
    {
        const int runs = 40_000;
        double exact = new BirthDeathTruth(10, 0.5, 2, 10).MeanTimeToEmpty()[10];
        (double Bias, double Error) Of(double tau)
        {
            double[] x = [.. CollectingFeed.Run(_leaping, runs, 3, [.. _clusters[0], ("tau", tau), ("duration", 14)]).Select(r => r.Observables[0])];
            double mean = x.Average();
            return (mean - exact, Math.Sqrt(x.Sum(v => (v - mean) * (v - mean)) / runs / runs));
        }

        var (small, error) = Of(0.01);
        var (large, largeError) = Of(0.04);
        Assert.True(Math.Abs(small) > 2 * error, "the bias must be seen");
        Assert.InRange(large - (4 * small), -(4 * ((4 * error) + largeError)) - (0.15 * Math.Abs(large)), (4 * ((4 * error) + largeError)) + (0.15 * Math.Abs(large)));
    }

    // What has not happened by the end happens later: the distributions are compared up to there.
    private static double[] Sorted(SimulationResult[] results, int observable) => [.. results.Select(r => r.Observables[observable]).Select(x => double.IsNaN(x) ? double.PositiveInfinity : x).Order()];

    private static double Distance(double[] a, double[] b)
    {
        double worst = 0;
        for (int i = 0, j = 0; i < a.Length && j < b.Length;)
        {
            double at = Math.Min(a[i], b[j]);
            while (i < a.Length && a[i] <= at)
            {
                i++;
            }

            while (j < b.Length && b[j] <= at)
            {
                j++;
            }

            worst = Math.Max(worst, Math.Abs(((double)i / a.Length) - ((double)j / b.Length)));
        }

        return worst;
    }
}
