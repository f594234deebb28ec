using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Fields;

namespace CalciumSweep.Physics.Fields;

/// <summary>From an agonist at the membrane to a wave through the cell: IP3 receptors start it, ryanodine receptors carry it.</summary>
public sealed class RelayTests
{
    private static readonly FieldModel _relay = new(FieldRuns.Read("ip3r-ryr-relay"));

    [Theory]
    [InlineData(10)] // IP3 in intact cells: Dickinson et al. 2016
    [InlineData(100)] // Ornelas-Guevara et al. 2023
    [InlineData(283)] // Allbritton et al. 1992, cytosolic extract
    public void With_both_families_the_agonist_makes_a_wave_however_fast_IP3_diffuses(double diffusion)
    {
        SimulationResult both = _relay.Run(("ip3.diffusion", diffusion));
        Assert.Equal(Outcome.Wave, both.Outcome);
        Assert.Equal(100, _relay.Value(both, "reach"));
        Assert.InRange(Math.Abs(_relay.Value(both, "calciumDrift")), 0, 1e-12);

        // Far from the membrane it is the wave of ip3r-ryr-front, 14.20 µm/s, whatever started it.
        Assert.InRange(_relay.Value(both, "waveSpeed") / 14.20, 0.98, 1.02);
        Assert.InRange(_relay.Value(both, "initiationSite"), 0, 10);
    }

    [Fact]
    public void Without_either_or_without_agonist_there_is_none()
    {
        foreach (string off in new[] { "ip3r.block", "ryr.block", "plc.block" })
        {
            SimulationResult result = _relay.Run((off, 1));
            Assert.NotEqual(Outcome.Wave, result.Outcome);
            Assert.InRange(_relay.Value(result, "peak50"), 0.0999, 0.1001);
            Assert.InRange(_relay.Value(result, "reach"), 0, 20);
        }

        Assert.Equal(Outcome.Quiescent, _relay.Run(("agonist.concentration", 0)).Outcome);
    }

    [Fact]
    public void IP3_falls_off_over_the_length_it_diffuses_before_it_is_broken_down()
    {
        // Production under the membrane, D p″ = k p beyond: λ = √(D/k) = 10 µm at 100 µm²/s, 1 /s. With ryanodine receptors
        // blocked and a stronger agonist, what the IP3 receptors alone reach grows with λ, and stays far from the end.
        double[] reach =
        [
            .. new[] { 10.0, 100, 283 }.Select(d => _relay.Value(
                _relay.Run(("ryr.block", 1), ("ip3.diffusion", d), ("plc.vmax", 20)), "reach")),
        ];
        Assert.True(reach[0] < reach[1] && reach[1] < reach[2], string.Join(", ", reach));
        Assert.InRange(reach[2], 1, 60);
    }
}
