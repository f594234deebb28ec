using CalciumSweep.Shared.Scenarios;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Physics.Cell;

/// <summary>The reduced release units of Hinch et al. 2004 under voltage clamp, against an independent integration.</summary>
public sealed class DyadClampTests
{
    private readonly Model _dyad = ScenarioLibrary.Load("dyad-clamp");

    /// <summary>Numbers are given to 1e-4 or 1e-5 absolute, so that the smallest have five digits.</summary>
    [Theory]
    [InlineData(-40, 10.2693, 339.652, 33.0746, 0.98325, 32.51152, 33.0655)]
    [InlineData(-30, 33.3808, 1089.3736, 32.6348, 2.75994, 89.93517, 32.5859)]
    [InlineData(-20, 98.2759, 2839.2828, 28.8909, 4.65639, 133.91269, 28.7589)]
    [InlineData(-10, 226.2158, 5135.5206, 22.7019, 3.48268, 78.3174, 22.4877)]
    [InlineData(0, 323.2013, 5790.4966, 17.9161, 2.43544, 43.06192, 17.6814)]
    [InlineData(10, 285.1281, 4212.8862, 14.7754, 2.23995, 32.74708, 14.6196)]
    [InlineData(20, 197.0838, 2211.7103, 11.2222, 2.6588, 29.70155, 11.171)]
    [InlineData(30, 124.2434, 939.353, 7.5606, 3.59052, 27.12603, 7.5549)]
    [InlineData(40, 74.6432, 352.9677, 4.7287, 4.15288, 19.65132, 4.732)]
    [InlineData(50, 43.1739, 125.2603, 2.9013, 3.39703, 9.8719, 2.906)]
    [InlineData(60, 24.1395, 44.5427, 1.8452, 2.17927, 4.03418, 1.8512)]
    public void Trigger_release_and_gain_are_those_of_the_reference(
        double voltage, double trigger, double release, double gain, double triggered, double released, double integralGain)
    {
        double[] actual = _dyad.All(("clamp.voltage", voltage));
        double[] expected = [trigger, release, gain, triggered, released, integralGain];
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.InRange(actual[i] / expected[i], 1 - 3e-5, 1 + 3e-5);
        }
    }

    [Fact]
    public void Gain_falls_with_voltage_and_release_is_graded()
    {
        double[][] steps = [.. Enumerable.Range(-4, 11).Select(i => _dyad.All(("clamp.voltage", 10 * i)))];
        for (int i = 1; i < steps.Length; i++)
        {
            Assert.True(steps[i][2] < steps[i - 1][2]);
            Assert.InRange(steps[i][1] / steps[i - 1][1], 0.25, 4);
        }

        Assert.InRange(steps[4][2], 3, 100);                                     // 0 mV
        Assert.InRange(steps[2][2] / steps[8][2], 3, 100);                       // −20 over +40 mV
        Assert.InRange(steps[0][1] / steps[4][1], 0.0587 - 1e-4, 0.0587 + 1e-4); // −40 over 0 mV
        Assert.Equal(4, Array.FindIndex(steps, s => s[1] == steps.Max(x => x[1])));
        Assert.Equal(4, Array.FindIndex(steps, s => s[0] == steps.Max(x => x[0])));
    }

    [Fact]
    public void Blocked_receptors_leave_the_trigger_only()
    {
        double[] control = _dyad.All(), blocked = _dyad.All(("ryr.block", 1));
        Assert.Equal(0, blocked[1]);
        Assert.InRange(blocked[0] / (control[0] + control[1]), 0.0556 - 1e-4, 0.0556 + 1e-4);

        // In the first 20 ms; over the whole clamp the L-type channels inactivate less.
        double[] control20 = _dyad.All(("clamp.duration", 0.02)), blocked20 = _dyad.All(("ryr.block", 1), ("clamp.duration", 0.02));
        Assert.InRange((blocked20[3] + blocked20[4]) / (control20[3] + control20[4]), 0.1765 - 1e-4, 0.1765 + 1e-4);
        Assert.InRange((blocked[3] + blocked[4]) / (control[3] + control[4]), 0.735 - 1e-3, 0.735 + 1e-3);
    }

    [Fact]
    public void Phosphorylation_of_trigger_and_of_release_multiply()
    {
        double control = _dyad.All()[1];
        double trigger = _dyad.All(("pka.ltype", 1))[1] / control, release = _dyad.All(("pka.ryr", 1))[1] / control;
        double both = _dyad.All(("pka.ltype", 1), ("pka.ryr", 1))[1] / control;
        Assert.InRange(trigger / 1.519429, 1 - 1e-6, 1 + 1e-6);
        Assert.InRange(release / 1.342116, 1 - 1e-6, 1 + 1e-6);
        Assert.InRange(both / 2.039459, 1 - 1e-6, 1 + 1e-6);
        Assert.InRange((both / (trigger * release)) - 1, -0.02, 0.02);
    }

    [Theory]
    [InlineData(200, 4.8838)]
    [InlineData(400, 9.9836)]
    [InlineData(1000, 26.2083)]
    [InlineData(1300, 34.8853)]
    public void Gain_grows_with_the_load_of_the_store(double sr, double gain) =>
        Assert.InRange(_dyad.All(("sr.calcium", sr))[2] / gain, 1 - 2e-5, 1 + 2e-5);
}
