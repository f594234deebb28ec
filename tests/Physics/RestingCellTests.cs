using CalciumSweep.Physics.Cell;
using CalciumSweep.Shared.Scenarios;
using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Mechanisms;

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

    /// <summary>Eigenvalues of the rest state from the mechanisms' own slopes, in calcium of cytosol and store.</summary>
    [Fact]
    public void Rest_is_stable_with_the_two_modes_of_the_reference()
    {
        const double free = 0.02, freeEr = 0.05, volume = 1 / 5.5;
        double[,] jacobian = new double[2, 2];
        for (int by = 0; by < 2; by++)
        {
            Dual c = Dual.Of(0.1, by == 0 ? 1 : 0), er = Dual.Of(500, by == 1 ? 1 : 0), outside = Dual.All(2000);
            Dual store = MechanismProbe.At<SercaHill<Dual>, Dual>([100, 0.25], [c, er], []).J[0]
                + MechanismProbe.At<Leak<Dual>, Dual>([_cell.Defaults()[_cell.IndexOf("er.leak")]], [c, er], []).J[0];
            Dual membrane = MechanismProbe.At<PmcaHill<Dual>, Dual>([20, 0.2], [c, outside], []).J[0]
                + MechanismProbe.At<NcxSimple<Dual>, Dual>([40, 3], [c, outside], []).J[0]
                + MechanismProbe.At<Leak<Dual>, Dual>([_cell.Defaults()[_cell.IndexOf("membrane.leak")]], [c, outside], []).J[0];
            Assert.InRange(store.Value, -1e-12, 1e-12);
            Assert.InRange(membrane.Value, -1e-12, 1e-12);
            (jacobian[0, by], jacobian[1, by]) = (free * (store.Slope + membrane.Slope), -freeEr / volume * store.Slope);
        }

        double trace = jacobian[0, 0] + jacobian[1, 1], determinant = (jacobian[0, 0] * jacobian[1, 1]) - (jacobian[0, 1] * jacobian[1, 0]);
        double fast = 0.5 * (trace - Math.Sqrt((trace * trace) - (4 * determinant)));
        Assert.InRange(fast / -6.292330, 1 - 1e-7, 1 + 1e-7);
        Assert.InRange(determinant / fast / -1.844729e-3, 1 - 3e-7, 1 + 3e-7);
    }

    private double Value(string observable, params (string, double)[] set)
    {
        var index = _cell.Observables.ToList().FindIndex(o => o.Name == observable);
        double[] bits = [.. new[] { 1, 2, 4, 8 }.Select(w => Runs.Of(_cell, 1, w, set)[0].Observables[index])];
        Assert.Single(bits.Select(BitConverter.DoubleToInt64Bits).Distinct()); // the same at every width
        return bits[0];
    }
}
