using CalciumSweep.Shared.Scenarios;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Physics.Cell;

/// <summary>The eight states of De Young and Keizer beside the two variables of Li and Rinzel.</summary>
public sealed class Ip3rDeYoungKeizerTests
{
    private static readonly Model _full = Closed();
    private static readonly Model _reduced = ScenarioLibrary.Load("li-rinzel");

    [Fact]
    public void With_fast_sites_the_orbit_is_that_of_Li_and_Rinzel()
    {
        // IP3 and activation are in equilibrium in the limit: the difference falls as 1/speed, tenfold from 10 to 100.
        double expected = _reduced.Value("period", ("ip3", 0.5));
        double[] off = [.. new[] { 10.0, 100 }.Select(fast => Math.Abs((Period(0.5, fast) / expected) - 1))];
        Assert.InRange(off[0] / off[1], 7, 13);
        Assert.InRange(off[1], 0, 2e-3);
    }

    [Theory]
    [InlineData(0.2, Outcome.Quiescent)]
    [InlineData(0.5, Outcome.Repetitive)]
    [InlineData(2, Outcome.Quiescent)]
    public void It_oscillates_over_a_range_of_IP3(double ip3, Outcome expected) =>
        Assert.Equal(expected, Runs.Of(_full, 1, 4, ("ip3", ip3), ("duration", 600))[0].Outcome);

    [Fact]
    public void At_rest_the_calcium_is_that_of_Li_and_Rinzel()
    {
        // In equilibrium x110 = m·h whatever the rates: the same rest at every IP3.
        foreach (double ip3 in new[] { 0.2, 0.3 })
        {
            (string, double)[] set = [("ip3", ip3), ("duration", 1200)];
            Assert.InRange(_full.Value("maxCytosolic", set) / _reduced.Value("maxCytosolic", set), 1 - 1e-6, 1 + 1e-6);
        }
    }

    private static double Period(double ip3, double fast) =>
        _full.Value("period", ("ip3", ip3), ("a1", 400 * fast), ("a3", 400 * fast), ("a5", 20 * fast));

    private static Model Closed() => Cells.Of(
        """
        scenario: closed
        geometry: { use: compartment }
        pools:
          cytosol: { use: mixed }
          store: { use: mixed, volume: c1 }
          ip3: { use: clamped, substance: IP3, concentration: ip3 }
        mechanisms:
          ip3r: { use: ip3r.de-young-keizer, v: v1, times: c1, a1: a1, a3: a3, a5: a5 }
          leak: { use: leak, rate: v2, times: c1 }
          serca: { use: serca.hill, vmax: v3, k: k3 }
        outcome: { use: oscillation, total: c0 }
        parameters:
          ip3: { default: 0.5, max: 100 }
          cytosol.free: { default: 1 }
          store.free: { default: 1 }
          c1: { default: 0.185 }
          v1: { default: 6 }
          v2: { default: 0.11 }
          v3: { default: 0.9 }
          k3: { default: 0.1 }
          duration: { default: 300 }
        """);
}
