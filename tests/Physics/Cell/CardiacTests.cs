using CalciumSweep.Shared.Scenarios;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Physics.Cell;

/// <summary>The twitch of a ventricular cell with stochastic dyads: means of replicates.</summary>
public sealed class CardiacTests
{
    // Of 5000 units a fifth opens at 0 mV: 3 % a replicate, 1.2 % for the mean of six.
    private const int Replicates = 6, Units = 5000;
    private readonly Model _cell = ScenarioLibrary.Load("cardiac-dyad");

    [Fact]
    public void A_beat_amplifies_the_trigger_and_the_store_is_refilled_after_it()
    {
        double[] beat = Means();
        Assert.True(beat[2] >= 3, "gain at the peak");
        Assert.True(beat[5] >= 5, "gain over the beat");
        Assert.InRange(Of(beat, "peakCytosolic"), 0.3, 3);
        Assert.InRange(Of(beat, "lowestSr") / 700, 0.2, 0.9);
        Assert.InRange(Of(beat, "endSr") / 700, 0.95, 1.05);
        Assert.InRange(Of(beat, "endCytosolic"), 0.09, 0.12);
    }

    /// <summary>Whatever the action potential's length: channels inactivate by voltage where no release does it.</summary>
    [Theory]
    [InlineData(0.06)]
    [InlineData(0.2)]
    [InlineData(0.4)]
    public void Blocked_receptors_leave_less_than_a_quarter_of_the_force(double length)
    {
        double control = Of(Means(("beat.length", length)), "peakForce"), last = 1;
        Assert.InRange(control, 0.25, 0.95);
        foreach (double block in new[] { 0, 0.5, 0.9, 1 })
        {
            double force = Of(Means(("beat.length", length), ("ryr.block", block)), "peakForce");
            Assert.True(force < last);
            last = force;
        }

        Assert.InRange(last / control, 0, 0.25);
        Assert.True(Of(Means(("beat.length", length), ("ltype.block", 1)), "peakForce") < 0.01 * control, "no trigger, no release");
    }

    /// <summary>
    /// Sixteen replicates of a clamp to 0 mV with and without each, on common random numbers: the interaction of the two in each replicate,
    /// its mean with a standard error below 0.4 %, which decides about 2 %. (The linear chain of one unit has −0.14 %, <see cref="DyadsTests"/>.)
    /// </summary>
    [Fact]
    public void Phosphorylation_of_trigger_and_of_release_multiply_at_the_peak()
    {
        double[] Release(double ltype, double ryr) => [.. Runs.OfCommonStream(
            _cell, 16, 4, ("dyads.count", Units), ("clamp.voltage", 0), ("duration", 0.08), ("pka.ltype", ltype), ("pka.ryr", ryr)).Select(r => r.Observables[1])];
        double[] control = Release(0, 0), trigger = Release(1, 0), release = Release(0, 1), both = Release(1, 1);
        double[] interaction = [.. both.Select((x, i) => (x * control[i] / (trigger[i] * release[i])) - 1)];
        double mean = interaction.Average(), error = Math.Sqrt(interaction.Sum(x => (x - mean) * (x - mean)) / (interaction.Length * (interaction.Length - 1)));
        Assert.True(error <= 0.004 && Math.Abs(mean) + (2 * error) <= 0.02, $"{mean} ± {error}");
        Assert.InRange(both.Average() / control.Average(), 1.5, 2.25);
        Assert.True(Of(Means(("pka.ltype", 1), ("pka.ryr", 1)), "peakForce") > Of(Means(), "peakForce"));
    }

    [Fact]
    public void A_clamp_gives_graded_release_with_falling_gain_and_no_force()
    {
        double[][] steps = [.. Enumerable.Range(-2, 5).Select(i => Means(("clamp.voltage", 20 * i), ("duration", 0.16)))];
        for (int i = 1; i < steps.Length; i++)
        {
            Assert.True(steps[i][2] < steps[i - 1][2], "gain at the peak falls with voltage");
            Assert.True(steps[i][5] < steps[i - 1][5], "gain over the clamp too");
        }

        Assert.InRange(steps[2][2], 3, 100);
        Assert.InRange(steps[1][2] / steps[4][2], 3, 100);

        // Bell-shaped like the trigger, both highest at 0 mV.
        Assert.Equal(2, Array.FindIndex(steps, s => s[0] == steps.Max(x => x[0])));
        Assert.Equal(2, Array.FindIndex(steps, s => s[1] == steps.Max(x => x[1])));
        Assert.All(steps, s => Assert.Equal(double.NaN, Of(s, "peakForce")));
    }

    [Fact]
    public void A_fuller_store_releases_more_with_more_gain()
    {
        double[] normal = Means(), full = Means(("sr.calcium", 1000));
        Assert.True(full[1] > 1.3 * normal[1] && full[2] > 1.3 * normal[2] && full[4] > normal[4] && full[6] > normal[6]);
    }

    [Fact]
    public void Between_beats_the_cell_rests_but_for_sparks()
    {
        // What leaks through L-type channels, and sparks, some hundred a second in the cell, are not balanced.
        double[] rest = Means(("beat.count", 0));
        Assert.InRange(Of(rest, "endCytosolic") / 0.1, 0.95, 1.1);
        Assert.InRange(Of(rest, "endSr") / 700, 0.99, 1.01);
        Assert.InRange(rest[1], 0.1, 20);
    }

    private double[] Means(params (string, double)[] set)
    {
        IReadOnlyList<SimulationResult> runs = Runs.Of(_cell, Replicates, 4, [("dyads.count", Units), .. set]);
        Assert.All(runs, r => Assert.Null(r.Reason));
        return [.. Enumerable.Range(0, _cell.Observables.Count).Select(i => runs.Average(r => r.Observables[i]))];
    }

    private double Of(double[] means, string observable) => means[_cell.Observables.ToList().FindIndex(o => o.Name == observable)];
}
