using CalciumSweep.Shared.Scenarios;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Physics;

/// <summary>The gradient and recovery from a load, against reference integrations of the same equations (six digits given).</summary>
public sealed class RestingCellTests
{
    private const double SixDigits = 2e-6;
    private readonly Model _cell = ScenarioLibrary.Load("resting-cell");

    [Fact]
    public void Rest_does_not_drift()
    {
        Assert.InRange(Math.Abs(Value("restDrift")), 0, 1e-9);
        Assert.InRange(Math.Abs(Value("restErDrift")), 0, 1e-9);
        Assert.InRange(Value("outsideRatio"), 1e4, double.MaxValue);
        Assert.InRange(Value("erRatio"), 1e3, double.MaxValue);
    }

    [Theory]
    [InlineData(null, 0.6, 0.250602)]
    [InlineData(null, 0.2, 0.560427)]
    [InlineData(null, 0.11, 0.92675)]
    [InlineData("serca", 0.6, 2.952257)]
    [InlineData("pmca", 0.6, 0.309133)]
    [InlineData("pmca", 0.2, 0.71601)]
    [InlineData("ncx", 0.6, 0.274593)]
    [InlineData("ncx", 0.2, 0.606887)]
    [InlineData("ncx", 0.11, 1.08282)]
    public void A_load_recovers_in_the_time_of_the_reference(string? without, double threshold, double expected)
    {
        (string, double)[] set = [("load.amount", 1), ("recovery.threshold", threshold)];
        foreach (string how in new[] { "block", "vmax" })
        {
            double time = Value("recoveryTime", without is null ? set : [.. set, ($"{without}.{how}", how == "block" ? 1 : 0)]);
            Assert.InRange(time / expected, 1 - SixDigits, 1 + SixDigits);
        }
    }

    [Fact]
    public void Without_serca_the_store_empties_and_there_is_no_recovery()
    {
        (string, double)[] set = [("load.amount", 1), ("serca.block", 1), ("duration", 60)];
        Assert.True(double.IsNaN(Value("recoveryTime", set)));
        Assert.InRange(Value("restCytosolic", set) / 0.227458, 1 - 3e-6, 1 + 3e-6);
        Assert.InRange(Value("restEr", set) / 317.249849, 1 - SixDigits, 1 + SixDigits);
    }

    [Fact]
    public void A_closed_cell_settles_where_conservation_says()
    {
        (string, double)[] set =
            [("load.amount", 1), ("membrane.leak", 0), ("pmca.block", 1), ("ncx.block", 1)];
        Assert.InRange(Value("restCytosolic", set) / 0.1015870375, 1 - 1e-9, 1 + 1e-9);
        Assert.InRange(Value("restEr", set) / 513.7281782, 1 - 1e-9, 1 + 1e-9);
    }

    [Fact]
    public void With_all_pumps_blocked_calcium_rises()
    {
        double last = 0.1;
        foreach (double duration in new[] { 0.1, 1.0, 10, 100 })
        {
            double c = Value("restCytosolic", ("serca.block", 1), ("pmca.block", 1), ("ncx.block", 1), ("duration", duration));
            Assert.True(c > last);
            last = c;
        }
    }

    private double Value(string observable, params (string, double)[] set)
    {
        var index = _cell.Observables.ToList().FindIndex(o => o.Name == observable);
        double[] bits = [.. new[] { 1, 2, 4, 8 }.Select(w => Runs.Of(_cell, 1, w, set)[0].Observables[index])];
        Assert.Single(bits.Select(BitConverter.DoubleToInt64Bits).Distinct()); // the same at every width
        return bits[0];
    }
}
