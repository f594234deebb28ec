using CalciumSweep.Shared.Scenarios;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Physics;

/// <summary>The stochastic cable with any buffers.</summary>
public sealed class SiteMediumTests
{
    private const string Pair = """
        buffer.stationary: { use: stationary, pool: cytosol }
        buffer.mobile: { use: mobile, pool: cytosol }
        """;

    [Theory]
    [InlineData("buffer.mobile: { use: mobile }\nm2: { use: mobile }\nm3: { use: mobile }\nbuffer.stationary: { use: stationary }")]
    [InlineData("s1: { use: stationary }\ns2: { use: stationary }\nbuffer.mobile: { use: mobile }")]
    [InlineData("none: { use: rapid }\nbuffer.mobile: { use: mobile }\nbuffer.stationary: { use: stationary }\nfar: { use: linear }")]
    public void A_buffer_in_parts_and_buffers_of_nothing_change_nothing(string buffers)
    {
        // Until the end of the stimulus nothing is random, and the equations are the same; the two programs round
        // differently, and some 60 steps pass on errors of 1e-16 without amplifying them.
        (string, double)[] parts = buffers.Contains("m2", StringComparison.Ordinal)
            ? [("buffer.mobile.total", 20), ("m2.total", 20), ("m3.total", 10)]
            : buffers.Contains("s1", StringComparison.Ordinal)
                ? [("s1.total", 45), ("s1.kon", 50), ("s1.koff", 100), ("s2.total", 15), ("s2.kon", 50), ("s2.koff", 100)]
                : [("none.total", 0), ("far.capacity", 0)];
        (string, double)[] blocked = [("ryr.block", 1), ("mesh.dx", 0.4)];
        double[] expected = Trace(Model(Pair), blocked), actual = Trace(Model(buffers), [.. blocked, .. parts]);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.InRange(actual[i] / expected[i], 1 - 1e-9, 1 + 1e-9);
        }
    }

    [Fact]
    public void A_rapid_buffer_is_the_limit_of_fast_kinetics()
    {
        // K = 2 µM, binding at 200 and 1000 /µM/s: the difference to a rapid one falls as 1/kon until it meets the error of the
        // steps, which is held to 0.2 % (site-line §5.2).
        (string, double)[] set = [("ryr.block", 1), ("b.total", 60), ("mesh.dx", 0.4)];
        double rapid = AtTheSite("b: { use: rapid }", [.. set, ("b.k", 2)]);
        double[] off = [.. new[] { 200.0, 1000 }.Select(kon =>
            Math.Abs(AtTheSite("b: { use: stationary }", [.. set, ("b.kon", kon), ("b.koff", 2 * kon)]) / rapid - 1))];
        Assert.True(off[0] > 2 * off[1], $"{off[0]} to {off[1]}");
        Assert.InRange(off[1], 0, 0.002);
    }

    [Fact]
    public void Lengths_scale_with_the_root_of_diffusion_and_with_nothing_else()
    {
        // x → x√f, D → fD and A → A/√f leave the equations as they are (docs/maps.md): the same to rounding, cell by cell.
        (string, double)[] set = [("ryr.block", 1), ("sites.spacing", 2), ("mesh.dx", 0.4)];
        (string, double)[] scaled =
        [
            ("ryr.block", 1), ("sites.spacing", 3), ("mesh.dx", 0.6), ("cable.area", 0.65 / 1.5), ("cytosol.diffusion", 220 * 2.25),
            ("buffer.mobile.diffusion", 90 * 2.25), ("store.diffusion", 30 * 2.25),
        ];
        double[] expected = Trace(Model(Pair), set), actual = Trace(Model(Pair), scaled);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.InRange(actual[i] / expected[i], 1 - 1e-9, 1 + 1e-9);
        }
    }

    [Fact]
    public void A_linear_buffer_is_a_rapid_one_far_from_saturation()
    {
        (string, double)[] set = [("ryr.block", 1), ("mesh.dx", 0.4)];
        double linear = AtTheSite("b: { use: linear, diffusion: b.d }", [.. set, ("b.capacity", 4), ("b.d", 30)]);
        double rapid = AtTheSite("b: { use: rapid, diffusion: b.d }", [.. set, ("b.total", 20000), ("b.k", 5000), ("b.d", 30)]);
        Assert.InRange(rapid / linear, 1, 1 + (linear / 5000 * 2)); // κ falls by 2 c/K at most
    }

    [Fact]
    public void Waves_through_five_buffers_conserve_calcium_and_have_the_same_bits_at_every_width()
    {
        Model model = Model("""
            troponin: { use: stationary }
            calmodulin: { use: mobile }
            atp: { use: rapid, diffusion: atp.diffusion }
            dye: { use: mobile, k: dye.k, indicator: true }
            membrane: { use: linear }
            """);
        (string, double)[] set =
        [
            ("troponin.total", 40), ("calmodulin.total", 20), ("atp.total", 500), ("atp.k", 200), ("atp.diffusion", 140),
            ("dye.total", 20), ("dye.k", 1.1), ("membrane.capacity", 1), ("sites.spacing", 1.4), ("mesh.dx", 0.4), ("limit.time", 0.3),
        ];
        var expected = Runs.Of(model, 12, 1, set);
        int drift = model.Observables.ToList().FindIndex(o => o.Name == "calciumDrift");
        Assert.Contains(expected, r => r.Outcome == Outcome.Wave);
        Assert.All(expected, r => Assert.InRange(Math.Abs(r.Observables[drift]), 0, 1e-12));
        foreach (int width in new[] { 2, 4, 8 })
        {
            var actual = Runs.Of(model, 12, width, set);
            for (int i = 0; i < expected.Count; i++)
            {
                Assert.Equal(expected[i].Outcome, actual[i].Outcome);
                Assert.Equal(
                    expected[i].Observables.Select(BitConverter.DoubleToInt64Bits),
                    actual[i].Observables.Select(BitConverter.DoubleToInt64Bits));
            }
        }
    }

    [Theory]
    [InlineData("b: { use: rapid, pool: store }", "in the cytosol only")]
    [InlineData("b: { use: linear, indicator: true }", "cannot be an indicator")]
    [InlineData("b: { use: sticky }", "unknown kind 'sticky'")]
    public void Other_buffers_are_refused_by_name(string buffer, string why)
    {
        var failure = Assert.Throws<CompositionException>(() => Model(buffer));
        Assert.Contains(why, failure.Message, StringComparison.Ordinal);
        Assert.Contains("buffers.b", failure.Message, StringComparison.Ordinal);
    }

    private static Model Model(string buffers) => Composition.Compose(ScenarioReader.Parse(
        $$"""
        scenario: t
        geometry: { use: cable }
        pools:
          cytosol: { use: diffusing }
          store: { use: diffusing }
        buffers:
          {{buffers.ReplaceLineEndings("\n  ")}}
        mechanisms:
          serca: { use: serca.hill }
          leak: { use: leak, balance: rest }
        sites: { use: ryr.three-state }
        stimulus: { use: held-open }
        outcome: { use: site-wave }
        parameters:
          serca.vmax: { default: 400, max: 2000 }
        """, "t.yaml"));

    private static double AtTheSite(string buffers, (string, double)[] set) => Trace(Model(buffers), set)[2]; // the middle of five cells

    /// <summary>Free calcium of all cells at the end of the stimulus.</summary>
    private static double[] Trace(Model model, (string, double)[] set)
    {
        var trace = new EndOfStimulus();
        Runs.Of(model, 1, 1, trace, [.. set, ("limit.time", 0.05)]);
        return trace.Row[..100];
    }

    private sealed class EndOfStimulus : ITrace
    {
        public double Interval => 0;

        public double[] Row { get; private set; } = [];

        public void Begin(IReadOnlyList<TraceColumn> columns)
        {
        }

        public void Record(double time, ReadOnlySpan<double> values)
        {
            if (time <= 0.01 + 1e-12)
            {
                Row = values.ToArray();
            }
        }
    }
}
