using CalciumSweep.Shared.Scenarios;
using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Fields;

namespace CalciumSweep.Physics.Fields;

/// <summary>What the engine promises beside accuracy: bits, positivity, conservation over many steps, failures, memory.</summary>
[Collection(AloneCollection.Name)]
public sealed class EngineTests
{
    private static readonly FieldModel _model = new(FieldRuns.Read("w1d"));

    [Fact]
    public void Bits_depend_on_neither_width_nor_neighbours_nor_refill()
    {
        // Eleven points of different duration and fate, so that lanes are refilled at different moments.
        List<double[]> points = W1dPoint.Draw(_model, 11, seed: 7);
        for (int i = 0; i < points.Count; i++)
        {
            points[i][_model.IndexOf("N")] = 300;
            points[i][_model.IndexOf("L")] = 100;
            points[i][_model.IndexOf("T")] = 0.05 + (0.03 * i);
        }

        SimulationResult[] alone = [.. points.Select(p => FieldRuns.Run(_model, 1, [p])[0])];
        foreach (int width in new[] { 1, 2, 4, 8 })
        {
            SimulationResult[] together = FieldRuns.Run(_model, width, points);
            for (int i = 0; i < points.Count; i++)
            {
                Assert.Equal(alone[i].Steps, together[i].Steps);
                Assert.Equal(alone[i].Observables.Select(BitConverter.DoubleToInt64Bits), together[i].Observables.Select(BitConverter.DoubleToInt64Bits));
            }
        }
    }

    [Fact]
    public void Nothing_becomes_negative_from_ten_thousand_rough_states()
    {
        double lowest = double.MaxValue;
        var random = new System.Random(1);
        var rule = new EndState(1, (_, _) => [0], (view, lane) =>
        {
            for (int i = 0; i < view.Cells; i++)
            {
                lowest = Math.Min(lowest, Math.Min(view.Concentration(0, i, lane), view.Concentration(1, i, lane)));
                lowest = Math.Min(lowest, Math.Min(view.Bound(0, i, lane), view.Bound(1, i, lane)));
            }
        });
        var model = new FieldModel(FieldRuns.Read("w1d")) { Rule = rule, Start = (p, _) => p == 2 ? 0.3 : Math.Pow(10, (7 * random.NextDouble()) - 4) };
        double[] point = model.With(("N", 8), ("L", 0.8), ("T", 2e-3));
        SimulationResult[] results = FieldRuns.Run(model, 8, [.. Enumerable.Repeat(point, 10_000)]);
        Assert.All(results, r => Assert.Null(r.Reason));
        Assert.InRange(lowest, 0, 1e-3);
    }

    [Fact]
    public void Calcium_is_conserved_over_a_hundred_thousand_steps()
    {
        var model = new FieldModel(FieldRuns.Read("w1d")) { FixedStep = 1e-4, Rule = new EndState(1, (_, lane) => [lane.Drift]) };
        SimulationResult result = model.Run(("N", 16), ("L", 1.6), ("Lp", 0.5), ("T", 10));
        Assert.InRange(result.Steps, 100_000, 101_000);
        Assert.InRange(Math.Abs(result.Observables[0]), 0, 1e-12);
    }

    [Fact]
    public void A_state_that_is_not_finite_ends_its_simulation_with_a_reason_and_leaves_its_neighbours_alone()
    {
        int started = 0;
        var model = new FieldModel(FieldRuns.Read("w1d")) { Start = (p, x) => p == 0 && started++ == 40 ? double.PositiveInfinity : _model.Stimulus.At(p, x, p == 0 ? 0.05 : p == 1 ? 500 : 0.3, _model.Defaults()) };
        double[] point = model.With(("N", 100), ("L", 76), ("T", 0.01));
        SimulationResult[] results = FieldRuns.Run(model, 4, [point, point, point, point]);
        Assert.Equal(Outcome.Failed, results[0].Outcome);
        Assert.StartsWith("NonFinite at t=", results[0].Reason, StringComparison.Ordinal);
        Assert.All(results[1..], r => Assert.Null(r.Reason));
    }

    [Fact]
    public void A_simulation_that_would_become_negative_fails_in_the_end()
    {
        // A pump that does not stop at zero: production −1 µM/s of a messenger that there is 1 µM of.
        var model = new FieldModel(FieldRuns.Read("bistable-front")) { Start = (_, _) => -1e-3 };
        SimulationResult result = model.Run(("mesh.length", 10));
        Assert.Equal(Outcome.Failed, result.Outcome);
        Assert.StartsWith("Negative at t=", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        using ISimulator simulator = _model.NewSimulator(8);
        long Allocated(double duration)
        {
            double[] point = _model.With(("N", 200), ("L", 100), ("T", duration));
            var feed = new OneFeed(point);
            long before = GC.GetAllocatedBytesForCurrentThread();
            simulator.Run(feed);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Allocated(0.2);
        Allocated(0.4);
        Assert.Equal(Allocated(0.2), Allocated(0.4)); // hundreds of steps more, not a byte
    }

    [Theory]
    [InlineData("pools: { a: { use: mixed } }", "mixed pool")]
    [InlineData("pools: { cytosol: { use: diffusing }, store: { use: diffusing } }\nbuffers: { b: { use: mobile, pool: store } }", "kinetic buffers belong to cytosol")]
    [InlineData("pools: { cytosol: { use: diffusing, free: f } }\nbuffers: { b: { use: rapid } }", "free share")]
    public void What_the_engine_cannot_do_is_refused_by_name(string medium, string why)
    {
        var failure = Assert.Throws<CompositionException>(() => new FieldModel(ScenarioReader.Parse($"scenario: x\ngeometry: {{ use: cable }}\n{medium}\n", "x")));
        Assert.Contains(why, failure.Message, StringComparison.Ordinal);
    }

    private sealed class OneFeed(double[] point) : ISimulationFeed
    {
        private bool _done;

        public bool Stopping => false;

        public bool TryNext(out Simulation simulation)
        {
            simulation = new Simulation(point, 0, 0);
            return !_done && (_done = true);
        }

        public bool TryNext(int shape, out Simulation simulation) => TryNext(out simulation);

        public void Complete(Simulation simulation, in SimulationResult result)
        {
        }

        public bool Expired(Simulation simulation) => false;
    }
}
