using CalciumSweep.Shared.Scenarios;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Physics;

/// <summary>
/// The stochastic cable against an independent program (explicit midpoint, 40 µs, every event located; n = 2,000 a point):
/// P(wave) within 4√(SE² + SE_ref²) + 0.015; speed, reach and peak within 4√(SE² + SE_ref²) + 1 %.
/// </summary>
public sealed class SiteLineTests
{
    private const int Width = 8;
    private readonly Model _line = ScenarioLibrary.Load("site-line");

    [Theory]
    [InlineData(1.0, 0, 205.50, 0.11, 17.99, 167.10, 0.15, "sites.spacing", 1.0)]
    [InlineData(0.4985, 0.0112, 33.18, 0.20, 26.29, 26.19, 0.30, "sites.spacing", 2.7)]
    [InlineData(0.0, 0, double.NaN, 0, 0.48, 3.29, 0.16, "sites.spacing", 3.5)]
    [InlineData(0.6190, 0.0109, 39.89, 0.21, 12.86, 12.91, 0.17, "sites.spacing", 1.1, "release.gain", 0.25)]
    [InlineData(0.5010, 0.0112, 22.92, 0.08, 18.41, 17.13, 0.27, "sites.spacing", 2.0, "buffer.stationary.total", 150)]
    [InlineData(0.5570, 0.0111, 45.67, 0.12, 17.73, 20.55, 0.35, "sites.spacing", 1.75, "buffer.mobile.total", 150)]
    public void Waves_are_as_frequent_as_fast_and_as_high_as_the_reference(
        double wave, double waveError, double speed, double speedError, double reach, double peak, double peakError,
        string name1, double value1, string? name2 = null, double value2 = 0)
    {
        const int N = 300;
        (string, double)[] set = [(name1, value1), .. name2 is null ? Array.Empty<(string, double)>() : [(name2, value2)]];
        var runs = Runs.Of(_line, N, Width, [.. set, ("mesh.dx", 0.4)]);
        Assert.DoesNotContain(runs, r => r.Outcome == Outcome.Failed);
        double p = runs.Count(r => r.Outcome == Outcome.Wave) / (double)N;
        double error = Math.Sqrt(Math.Max(wave * (1 - wave), 1.0 / N) / N);
        Within(wave, p, (4 * Root(error, waveError)) + 0.015);
        var (meanPeak, peakSe, _) = runs.Mean(_line, "peakCytosolic");
        Within(peak, meanPeak, (4 * Root(peakSe, peakError)) + (0.01 * peak));
        var (meanReach, reachSe, _) = runs.Mean(_line, "reach");
        Within(reach, meanReach, (4 * reachSe) + (0.01 * reach));
        if (!double.IsNaN(speed))
        {
            var (meanSpeed, speedSe, _) = runs.Mean(_line, "waveSpeed");
            Within(speed, meanSpeed, (4 * Root(speedSe, speedError)) + (0.01 * speed));
        }
    }

    [Theory]
    [InlineData(0.4, 5, 11.8609, 24.1120, 33.8969, 0.100610, 0.125050, 0.238500)]
    [InlineData(0.2222222222222222, 9, 14.1620, 24.0872, 33.9243, 0.100257, 0.122492, 0.231596)]
    public void A_held_site_raises_its_own_and_its_neighbours_calcium_as_the_reference(
        double dx, int cellsPerSite, double at1, double at5, double at10, double next1, double next5, double next10)
    {
        var trace = new MillisecondTrace();
        Runs.Of(_line, 1, 1, trace, ("ryr.block", 1), ("mesh.dx", dx));
        int centre = (cellsPerSite - 1) / 2;
        double[][] rows = [trace.At(1e-3), trace.At(5e-3), trace.At(10e-3)];
        double[] site0 = [at1, at5, at10], site1 = [next1, next5, next10];
        for (int i = 0; i < 3; i++)
        {
            // 0.2 % of what the release adds, as asked of a solver at the same dx.
            Within(site0[i], rows[i][centre], 0.002 * site0[i]);
            Within(site1[i], rows[i][centre + cellsPerSite], 0.002 * site1[i]);
        }
    }

    [Fact]
    public void Calcium_is_conserved_over_runs_that_fire()
    {
        int drift = _line.Observables.ToList().FindIndex(o => o.Name == "calciumDrift");
        foreach (var result in Runs.Of(_line, 32, Width, ("sites.spacing", 1), ("release.gain", 4)))
        {
            Assert.Equal(Outcome.Wave, result.Outcome);
            Assert.InRange(Math.Abs(result.Observables[drift]), 0, 1e-12);
        }
    }

    [Fact]
    public void With_the_channels_of_all_other_sites_blocked_nothing_happens()
    {
        foreach (double spacing in new[] { 0.5, 1, 2, 4 })
        {
            var runs = Runs.Of(_line, 16, Width, ("ryr.block", 1), ("sites.spacing", spacing), ("release.gain", 4), ("mesh.dx", 0.4));
            Assert.All(runs, r => Assert.Equal(Outcome.Quiescent, r.Outcome));
        }
    }

    [Fact]
    public void Every_lane_width_gives_the_same_bits()
    {
        (string, double)[] set = [("sites.spacing", 2.7), ("mesh.dx", 0.4)];
        var expected = Runs.Of(_line, 24, 1, set);
        foreach (int width in new[] { 2, 4, 8 })
        {
            var actual = Runs.Of(_line, 24, width, set);
            for (int i = 0; i < expected.Count; i++)
            {
                Assert.Equal(expected[i].Outcome, actual[i].Outcome);
                Assert.Equal(expected[i].Steps, actual[i].Steps);
                Assert.Equal(
                    expected[i].Observables.Select(BitConverter.DoubleToInt64Bits),
                    actual[i].Observables.Select(BitConverter.DoubleToInt64Bits));
            }
        }
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        // What is allocated belongs to simulations (results), so that ten times the steps allocate no more.
        static (string, double)[] Set(double limit) => [("sites.spacing", 2.7), ("mesh.dx", 0.4), ("limit.time", limit)];
        Runs.Of(_line, 8, Width, Set(0.5));
        var (few, fewSteps) = Allocated(Set(0.05));
        var (many, manySteps) = Allocated(Set(0.5));
        Assert.True(manySteps > 2 * fewSteps, $"{manySteps} steps against {fewSteps}");
        Assert.True(many - few < 1024, $"{many - few} bytes in {manySteps - fewSteps} steps");
    }

    [Fact]
    public void Corners_of_the_parameter_box_do_not_fail()
    {
        // Few simulations, short: what is asked is that the stepper copes, without clipping and conserving.
        foreach (var (name, value) in new[]
        {
            ("buffer.mobile.kon", 1000.0), ("buffer.stationary.koff", 1e5), ("junction.volume", 0.001),
            ("cleft.conductance", 1), ("junction.refill", 100), ("store.diffusion", 300), ("channel.opening", 1e5),
            ("buffer.mobile.total", 2000), ("buffer.stationary.total", 0), ("sites.channels", 1), ("channel.luminal.k", 0),
        })
        {
            var runs = Runs.Of(_line, 8, Width, (name, value), ("limit.time", 0.05), ("mesh.dx", 0.4));
            Assert.All(runs, r => Assert.True(r.Outcome != Outcome.Failed, $"{name} = {value}: {r.Reason}"));
        }
    }

    private (long Bytes, long Steps) Allocated((string, double)[] set)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        var runs = Runs.Of(_line, 8, Width, set);
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        return (bytes, runs.Sum(r => r.Steps));
    }

    private static double Root(double a, double b) => Math.Sqrt((a * a) + (b * b));

    private static void Within(double expected, double actual, double tolerance) =>
        Assert.InRange(actual, expected - tolerance, expected + tolerance);

    private sealed class MillisecondTrace : ITrace
    {
        private readonly List<(double Time, double[] Values)> _rows = [];

        public double Interval => 0;

        public void Begin(IReadOnlyList<TraceColumn> columns)
        {
        }

        public void Record(double time, ReadOnlySpan<double> values) => _rows.Add((time, values.ToArray()));

        public double[] At(double time) => _rows.MinBy(r => Math.Abs(r.Time - time)).Values;
    }
}
