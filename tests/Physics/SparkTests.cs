using CalciumSweep.Shared.Scenarios;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Physics;

/// <summary>
/// The spark against an independent program (n = 20,000): means within 4√(SE² + SE_ref²) + 1 %, quantiles of
/// amplitude and duration within 3 %.
/// </summary>
public sealed class SparkTests
{
    private readonly Model _spark = ScenarioLibrary.Load("spark");

    [Fact]
    public void Sparks_are_as_high_wide_long_and_large_as_the_reference()
    {
        const int N = 4000;
        var runs = Runs.Of(_spark, N, 8);
        double ignition = runs.Count(r => r.Outcome == Outcome.Sparks) / (double)N;
        Assert.InRange(ignition - 0.9802, -4 * Math.Sqrt(0.98 * 0.02 / N) - 0.004, (4 * Math.Sqrt(0.98 * 0.02 / N)) + 0.004);
        Means(runs, "eventAmplitude", 15.934, 0.013);
        Means(runs, "eventDuration", 25.43e-3, 0.05e-3);
        Means(runs, "released", 200.96, 0.24);
        Means(runs, "eventWidth", 1.612, 0.006);
        Means(runs, "eventRate", 5.67e-3, 5e-6);
        Quantiles(runs, "eventAmplitude", 12.94, 15.86, 19.11);
        Quantiles(runs, "eventDuration", 15.4e-3, 24.8e-3, 37.6e-3);
    }

    private void Means(IReadOnlyList<SimulationResult> runs, string observable, double expected, double referenceError)
    {
        var (mean, error, _) = runs.Mean(_spark, observable);
        double tolerance = (4 * Math.Sqrt((error * error) + (referenceError * referenceError))) + (0.01 * expected);
        Assert.True(Math.Abs(mean - expected) <= tolerance, $"{observable}: {mean} ± {error}, expected {expected}");
    }

    private void Quantiles(IReadOnlyList<SimulationResult> runs, string observable, double p5, double p50, double p95)
    {
        int index = _spark.Observables.ToList().FindIndex(o => o.Name == observable);
        double[] x = [.. runs.Select(r => r.Observables[index]).Where(v => !double.IsNaN(v)).Order()];
        foreach (var (share, expected) in new[] { (0.05, p5), (0.5, p50), (0.95, p95) })
        {
            double actual = x[(int)(share * x.Length)];
            Assert.True(Math.Abs((actual / expected) - 1) <= 0.03, $"{observable} at {share}: {actual}, expected {expected}");
        }
    }
}
