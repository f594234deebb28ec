using CalciumSweep.Shared.Scenarios;
using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Fields;

namespace CalciumSweep.Physics.Fields;

/// <summary>Buffers of every kind: a closed form, an independent explicit reference, conservation, and the order in time.</summary>
public sealed class ReactionTests
{
    [Theory]
    [InlineData("stationary")]
    [InlineData("mobile")]
    public void Binding_follows_the_closed_form(string kind)
    {
        // A + B ⇌ AB with A₀ = 2, B₀ = 50 µM, on 100 /(µM s), off 50 /s, nothing bound at first.
        (double Time, double Bound)[] expected = [(1e-4, 0.7799954646), (5e-4, 1.8108826615), (0.1, 1.9793902013)];
        foreach (var (time, bound) in expected)
        {
            FieldModel model = Make(
                $"b: {{ use: {kind}, k: b.k }}", "", new EndState(1, (view, lane) => [view.Bound(0, 2, lane)]), 1e-5, (_, _) => 2, (_, _) => 0);
            double found = model.Run(("b.total", 50), ("b.kon", 100), ("b.k", 0.5), ("duration", time)).Observables[0];
            Assert.InRange((found / bound) - 1, -1e-7, 1e-7);
        }
    }

    [Theory]
    [InlineData("", 0, 1)]
    [InlineData("s: { use: stationary }", 0, 1)]
    [InlineData("m: { use: mobile }", 1, 0)]
    [InlineData("s: { use: stationary }\n  t: { use: stationary }\n  m: { use: mobile }", 1, 2)]
    [InlineData("m: { use: mobile }\n  n: { use: mobile, indicator: true }\n  s: { use: stationary }", 2, 1)]
    public void Kinetic_buffers_a_store_and_a_messenger_agree_with_an_explicit_reference(string buffers, int mobile, int stationary)
    {
        foreach (string boundary in new[] { "no-flux", "periodic", "clamped" })
        {
            FieldModel model = Make(buffers, Rest, new EndState(16, (view, lane) =>
            [
                .. Enumerable.Range(0, 8).Select(i => view.Concentration(0, i, lane)), .. Enumerable.Range(0, 8).Select(i => view.Concentration(1, i, lane)),
            ]), 1e-5, Start, null, boundary);
            double[] v = model.With(("duration", 0.02), ("length", 1.6), ("mesh.dx", 0.2));
            SimulationResult result = FieldRuns.Run(model, 1, [v])[0];
            Assert.Null(result.Reason);
            double[] expected = ExplicitCable.Run(model, v, boundary, mobile, buffers.Length == 0 ? 0 : stationary);
            for (int i = 0; i < 16; i++)
            {
                Assert.InRange((result.Observables[i] / expected[i]) - 1, -1e-6, 1e-6);
            }
        }
    }

    [Theory]
    [InlineData("r: { use: rapid, diffusion: r.diffusion }")]
    [InlineData("r: { use: rapid }\n  q: { use: rapid, diffusion: q.diffusion }")]
    [InlineData("r: { use: rapid }\n  m: { use: mobile }\n  l: { use: rapid, pool: store }")]
    [InlineData("r: { use: linear, diffusion: r.diffusion }\n  m: { use: mobile }\n  n: { use: mobile }\n  l: { use: rapid, pool: store, diffusion: l.diffusion }")]
    public void Rapid_buffers_are_the_limit_of_fast_kinetic_ones_and_conserve(string buffers)
    {
        // The rapid form against kinetic buffers 10⁴ times faster than diffusion over the mesh is a model error of 1e-3; conservation is exact.
        foreach (string boundary in new[] { "no-flux", "periodic" })
        {
            double start = 0, worst = 0;
            FieldModel model = Make(buffers, Rest, new EndState(1, (_, _) => [0], (view, lane) => worst = Math.Max(worst, view.Concentration(0, 0, lane))), 1, Start, null, boundary);
            SimulationResult result = FieldRuns.Run(model, 2, [model.With(("duration", 0.5), ("length", 4))])[0];
            Assert.Null(result.Reason);     // NotConserving would be a failure, beyond 1e-10
            Assert.True(worst > start);
        }
    }

    [Fact]
    public void A_rapid_buffer_is_the_limit_of_a_fast_kinetic_one()
    {
        static double[] End(string buffer, params (string, double)[] set)
        {
            FieldModel model = Make(buffer, "", new EndState(4, (view, lane) => [.. Enumerable.Range(0, 4).Select(i => view.Concentration(0, 3 * i, lane))]), 1e-3, Start);
            return model.Run([.. set, ("b.total", 60), ("b.k", 1.5), ("b.diffusion", 40), ("duration", 0.02), ("length", 4)]).Observables;
        }

        double[] rapid = End("b: { use: rapid, diffusion: b.diffusion }");
        double[] slow = End("b: { use: mobile, k: b.k }", ("b.kon", 100)), fast = End("b: { use: mobile, k: b.k }", ("b.kon", 1000));
        for (int i = 0; i < 4; i++)
        {
            // The deviation falls as 1/kon: ten times faster, ten times nearer (within a factor of two).
            Assert.InRange(Math.Abs(fast[i] - rapid[i]), 0, (0.2 * Math.Abs(slow[i] - rapid[i])) + 1e-6);
            Assert.InRange((fast[i] / rapid[i]) - 1, -5e-3, 5e-3);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void The_order_in_time_is_kept_with_a_stiff_buffer(int order)
    {
        // kon·total·dt = 1 at the larger step; smooth start, buffers in equilibrium.
        double[] End(double dt, int most) => Make(
            "s: { use: stationary }\n  m: { use: mobile }", "", new EndState(1, (view, lane) => [view.Concentration(0, 2, lane)]), 1e-9,
            (_, x) => 1 + (0.5 * Math.Cos(Math.PI * x / 4)), null, "no-flux", dt, most).Run(
                ("duration", 0.32), ("length", 4), ("s.total", 50), ("m.total", 50), ("s.kon", 2.5), ("m.kon", 2.5)).Observables;
        double exact = End(0, 5)[0], dt = 8e-3;
        double coarse = Math.Abs(End(dt, order)[0] - exact), fine = Math.Abs(End(dt / 2, order)[0] - exact);
        Assert.InRange(Math.Log2(coarse / fine), order - 0.35, order + 0.6);
    }

    internal static double Start(int pool, double x) => pool switch { 0 => x < 0.6 ? 3 : 0.1, 1 => 300 + (20 * x), _ => x < 0.4 ? 1 : 0.2 };

    internal const string Rest =
        """
        mechanisms:
          serca: { use: serca.hill }
          leak: { use: leak, rate: leak.rate }
        """;

    private static FieldModel Make(
        string buffers, string mechanisms, FieldRule rule, double tolerance, Func<int, double, double> start,
        Func<int, double, double>? bound = null, string boundary = "no-flux", double dt = 0, int order = 5) => new(ScenarioReader.Parse(
        $$"""
        scenario: reaction
        geometry: { use: cable, boundary: {{boundary}} }
        pools:
          cytosol: { use: diffusing }
          store: { use: diffusing }
          ip3: { use: diffusing, substance: IP3 }
        {{(buffers.Length == 0 ? "" : "buffers:\n  " + buffers)}}
        {{mechanisms}}
        outcome: { use: front }
        """,
        "reaction"))
        { Start = start, StartBound = bound, Rule = rule, Tolerance = tolerance, FixedStep = dt, MostOrder = order };
}
