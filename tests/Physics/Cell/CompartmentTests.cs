using CalciumSweep.Shared.Scenarios;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Physics.Cell;

/// <summary>The well-mixed engine: both steppers, buffers, protocols, conservation, lanes.</summary>
public sealed class CompartmentTests
{
    private const string Closed = """
        scenario: closed
        geometry: { use: compartment, stepping: auto }
        pools:
          cytosol: { use: mixed }
          er: { use: mixed }
          outside: { use: clamped }
          ip3: { use: clamped, substance: IP3 }
        buffers:
          fast: { use: mobile, pool: cytosol, k: fast.k }
          slow: { use: stationary, pool: cytosol }
          luminal: { use: rapid, pool: er }
        mechanisms:
          serca: { use: serca.hill, store: er }
          leak: { use: leak, store: er, balance: rest }
          ip3r: { use: ip3r.li-rinzel, store: er }
        stimuli:
          agonist: { use: train, pool: ip3 }
        outcome: { use: recovery }
        parameters:
          cytosol.free: { default: 1 }
          er.free: { default: 1 }
          fast.kon: { default: 500 }
          fast.k: { default: 0.2 }
          fast.total: { default: 200 }
          luminal.k: { default: 600 }
          luminal.total: { default: 3000 }
          agonist.amplitude: { default: 0.6 }
          agonist.start: { default: 0.5 }
          agonist.width: { default: 0.7 }
          agonist.count: { default: 3 }
          agonist.frequency: { default: 0.5 }
          duration: { default: 8 }
        """;

    private static readonly Model _explicit = Cells.Of(Closed.Replace("auto", "explicit", StringComparison.Ordinal));
    private static readonly Model _implicit = Cells.Of(Closed.Replace("auto", "implicit", StringComparison.Ordinal));

    [Fact]
    public void Explicit_implicit_and_automatic_steps_agree()
    {
        double[] expected = _explicit.All(("load.amount", 0.5)), actual = _implicit.All(("load.amount", 0.5));
        double[] automatic = Cells.Of(Closed).All(("load.amount", 0.5));

        // Local tolerances are 1e-11 and 1e-9; some thousand steps add up.
        Assert.InRange((actual[0] / expected[0]) - 1, -1e-7, 1e-7);
        Assert.InRange((actual[1] / expected[1]) - 1, -1e-7, 1e-7);
        Assert.InRange((automatic[0] / expected[0]) - 1, -1e-7, 1e-7);
    }

    [Fact]
    public void A_stiff_cell_turns_implicit_and_needs_few_steps()
    {
        (string, double)[] set = [("load.amount", 0.5), ("duration", 1), ("fast.total", 1000)];
        long automatic = Runs.Of(Cells.Of(Closed), 1, 4, set)[0].Steps, explicitly = Runs.Of(_explicit, 1, 4, set)[0].Steps;
        Assert.InRange(automatic, 1, explicitly / 10);
    }

    /// <summary>Free, bound and stored calcium of a closed cell: what leaves one pool enters another, at every step of either method.</summary>
    [Theory]
    [InlineData("explicit")]
    [InlineData("implicit")]
    public void A_closed_cell_conserves_calcium_to_rounding(string stepping)
    {
        Model cell = Cells.Of(Closed.Replace("auto", stepping, StringComparison.Ordinal));
        var trace = new Rows();
        Runs.Of(cell, 1, 4, trace, ("load.amount", 0.5));
        double[] v = cell.Defaults();
        double Total(double[] row)
        {
            double c = row[0], er = row[1], volume = v[cell.IndexOf("er.volume")];
            return c + row[4] + row[5] + (volume * (er + (3000 * er / (600 + er))));
        }

        double first = Total(trace.All[0]);
        Assert.True(trace.All.Count > 100);

        // Some thousand steps, each of a few rounding errors; luminal calcium goes through Newton's method.
        Assert.All(trace.All, row => Assert.InRange((Total(row) / first) - 1, -1e-12, 1e-12));
        Assert.True(trace.All.Max(r => r[0]) > 1.2 * trace.All[0][0]);
    }

    /// <summary>A + B ⇌ AB from 2 and 50 µM: closed form with ten digits.</summary>
    [Theory]
    [InlineData("explicit", 1e-4, 0.7799954646)]
    [InlineData("implicit", 1e-4, 0.7799954646)]
    [InlineData("auto", 5e-4, 1.8108826615)]
    [InlineData("auto", 0.1, 1.9793902013)]
    public void Binding_follows_the_closed_form(string stepping, double time, double bound)
    {
        Model cell = Cells.Of($$"""
            scenario: binding
            geometry: { use: compartment, stepping: {{stepping}} }
            pools:
              cytosol: { use: mixed }
              er: { use: clamped }
              outside: { use: clamped }
            buffers:
              b: { use: stationary }
            mechanisms:
              none: { use: leak, store: outside }
            outcome: { use: recovery }
            parameters:
              cytosol.rest: { default: 0, min: 0 }
              cytosol.free: { default: 1 }
              b.kon: { default: 100 }
              b.koff: { default: 50 }
              b.total: { default: 50 }
            """);
        double c = cell.Value("restCytosolic", ("load.amount", 2), ("duration", time));
        Assert.InRange(2 - c - bound, -2e-9, 2e-9);
    }

    [Fact]
    public void Results_do_not_depend_on_neighbours_or_on_refill()
    {
        Model cell = ScenarioLibrary.Load("li-rinzel");
        double[] alone = [.. Enumerable.Range(0, 12).Select(i => Runs.Of(cell, 1, 1, ("ip3", 0.3 + (0.03 * i)))[0].Observables[2])];
        foreach (int width in new[] { 2, 4, 8 })
        {
            var feed = new ListFeed(cell, [.. Enumerable.Range(0, 12).Select(i => ("ip3", 0.3 + (0.03 * i)))]);
            using ISimulator simulator = cell.NewSimulator(width);
            simulator.Run(feed);
            Assert.Equal(alone, feed.Results.Select(r => r.Observables[2]));
        }
    }

    [Fact]
    public void Steps_allocate_nothing()
    {
        foreach (Model cell in new[] { _explicit, _implicit })
        {
            long Bytes(double duration)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                Runs.Of(cell, 1, 8, ("duration", duration));
                return GC.GetAllocatedBytesForCurrentThread() - before;
            }

            Bytes(1);
            Assert.InRange(Bytes(20) - Bytes(1), -2000, 2000); // thousands of steps apart
        }
    }

    [Fact]
    public void A_run_that_cannot_go_on_fails_with_a_reason()
    {
        Model cell = Cells.Of(Closed.Replace("leak, store: er, balance: rest", "leak, store: er", StringComparison.Ordinal)
            .Replace("parameters:", "parameters:\n  leak.rate: { min: -1e9, default: -1e9 }", StringComparison.Ordinal));
        SimulationResult result = Runs.Of(cell, 1, 4)[0];
        Assert.Equal(Outcome.Failed, result.Outcome);
        Assert.Contains(" at t=", result.Reason, StringComparison.Ordinal);
        Assert.All(result.Observables, x => Assert.Equal(double.NaN, x));
    }

    private sealed class Rows : ITrace
    {
        public List<double[]> All { get; } = [];

        public double Interval => 0;

        public void Begin(IReadOnlyList<TraceColumn> columns)
        {
        }

        public void Record(double time, ReadOnlySpan<double> values) => All.Add(values.ToArray());
    }

    private sealed class ListFeed(Model model, (string Name, double Value)[] points) : ISimulationFeed
    {
        private int _next;

        public SimulationResult[] Results { get; } = new SimulationResult[points.Length];

        public bool Stopping => false;

        public bool TryNext(out Simulation simulation)
        {
            simulation = null!;
            if (_next >= points.Length)
            {
                return false;
            }

            double[] v = model.Defaults();
            v[model.IndexOf(points[_next].Name)] = points[_next].Value;
            simulation = new Simulation(v, 1, 0) { Index = _next++ };
            return true;
        }

        public bool TryNext(int shape, out Simulation simulation) => TryNext(out simulation);

        public void Complete(Simulation simulation, in SimulationResult result) => Results[simulation.Index] = result;

        public bool Expired(Simulation simulation) => false;
    }
}
