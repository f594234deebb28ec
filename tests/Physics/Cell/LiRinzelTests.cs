using CalciumSweep.Shared.Scenarios;
using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Mechanisms;

namespace CalciumSweep.Physics.Cell;

/// <summary>The closed cell of Li and Rinzel 1994 against an independent integration of its two equations, and its Hopf points.</summary>
public sealed class LiRinzelTests
{
    private const double C0 = 2, C1 = 0.185;
    private static readonly double[] _ip3r = [6, 0.13, 1.049, 0.9434, 0.08234, 0.2];
    private readonly Model _cell = ScenarioLibrary.Load("li-rinzel");

    [Theory]
    [InlineData(0.2, 0.0823315078)]
    [InlineData(0.3, 0.1231214387)]
    [InlineData(0.8, 0.3905799532)]
    public void Rest_is_that_of_the_reference(double ip3, double rest)
    {
        // Over the last half the extremes still ring: e⁻ᵗ of the slowest case leaves below 1e-6.
        (string, double)[] set = [("ip3", ip3), ("duration", 600)];
        Assert.InRange(_cell.Value("minCytosolic", set) / rest, 1 - 1e-8, 1 + 1e-8);
        Assert.InRange(_cell.Value("maxCytosolic", set) / rest, 1 - 1e-8, 1 + 1e-8);
        Assert.Equal(double.NaN, _cell.Value("period", set));
        Assert.Equal(Outcome.Quiescent, Runs.Of(_cell, 1, 1, set)[0].Outcome);
    }

    /// <summary>Six digits are given; at 0.36, near the Hopf point, the orbit is not yet closed after 300 s (3e-4 of it is left).</summary>
    [Theory]
    [InlineData(0.36, 0.128842, 0.196036, 12.7635, 3e-4)]
    [InlineData(0.4, 0.105014, 0.313013, 12.7667, 6e-6)]
    [InlineData(0.5, 0.107695, 0.444559, 11.4920, 6e-6)]
    [InlineData(0.6, 0.135677, 0.500047, 10.9616, 6e-6)]
    public void Orbits_are_those_of_the_reference(double ip3, double lowest, double highest, double period, double tolerance)
    {
        Assert.InRange(_cell.Value("minCytosolic", ("ip3", ip3)) / lowest, 1 - tolerance, 1 + tolerance);
        Assert.InRange(_cell.Value("maxCytosolic", ("ip3", ip3)) / highest, 1 - tolerance, 1 + tolerance);
        Assert.InRange(_cell.Value("period", ("ip3", ip3)) / period, 1 - Math.Max(tolerance, 1e-5), 1 + Math.Max(tolerance, 1e-5));
        Assert.Equal(Outcome.Repetitive, Runs.Of(_cell, 1, 4, ("ip3", ip3))[0].Outcome);
    }

    [Fact]
    public void Blocked_receptors_do_not_oscillate() =>
        Assert.Equal(Outcome.Quiescent, Runs.Of(_cell, 1, 4, ("ip3", 0.5), ("ip3r.block", 1))[0].Outcome);

    [Theory]
    [InlineData(0.3, 0.45, 0.354533819, 0.155689489, 0.500481153)]
    [InlineData(0.55, 0.7, 0.636881816, 0.323303835, 0.598682933)]
    public void Hopf_points_come_out_of_the_mechanisms_own_slopes(double low, double high, double ip3, double rest, double omega)
    {
        bool isUnstable = Trace(low) > 0;
        for (int i = 0; i < 60; i++)
        {
            double middle = 0.5 * (low + high);
            (low, high) = Trace(middle) > 0 == isUnstable ? (middle, high) : (low, middle);
        }

        // Nine digits are given.
        Assert.InRange(low - ip3, -2e-9, 2e-9);
        Assert.InRange(Rest(low) - rest, -2e-9, 2e-9);
        double[,] j = Jacobian(low);
        Assert.InRange(Math.Sqrt((j[0, 0] * j[1, 1]) - (j[0, 1] * j[1, 0])) - omega, -2e-9, 2e-9);
    }

    private static double Trace(double ip3)
    {
        double[,] j = Jacobian(ip3);
        return j[0, 0] + j[1, 1];
    }

    private static double[,] Jacobian(double ip3)
    {
        double c = Rest(ip3), h = Gate(c, ip3);
        var (byC, gateByC) = Rates(Dual.Of(c, 1), Dual.All(h), ip3);
        var (byH, gateByH) = Rates(Dual.All(c), Dual.Of(h, 1), ip3);
        return new[,] { { byC.Slope, byH.Slope }, { gateByC.Slope, gateByH.Slope } };
    }

    // Free calcium at rest: one sign change for every ip3 of the default set.
    private static double Rest(double ip3)
    {
        double low = 1e-3, high = 1.5;
        for (int i = 0; i < 80; i++)
        {
            double c = 0.5 * (low + high);
            (low, high) = Rates(Dual.All(c), Dual.All(Gate(c, ip3)), ip3).Calcium.Value > 0 ? (c, high) : (low, c);
        }

        return 0.5 * (low + high);
    }

    private static double Gate(double c, double ip3)
    {
        RecordingCell<Dual> cell = MechanismProbe.At<Ip3rLiRinzel<Dual>, Dual>(_ip3r, [Dual.All(c), Dual.All((C0 - c) / C1), Dual.All(ip3)], [Dual.All(0)]);
        return cell.Gain[0].Value / cell.Loss[0].Value;
    }

    private static (Dual Calcium, Dual Gate) Rates(Dual c, Dual h, double ip3)
    {
        Dual store = (C0 - c) / Dual.All(C1);
        RecordingCell<Dual> ip3r = MechanismProbe.At<Ip3rLiRinzel<Dual>, Dual>(_ip3r, [c, store, Dual.All(ip3)], [h]);
        RecordingCell<Dual> leak = MechanismProbe.At<Leak<Dual>, Dual>([0.11], [c, store], []);
        RecordingCell<Dual> serca = MechanismProbe.At<SercaHill<Dual>, Dual>([0.9, 0.1], [c, store], []);
        return ((C1 * (ip3r.J[0] + leak.J[0])) + serca.J[0], ip3r.Gain[0] - (ip3r.Loss[0] * h));
    }
}
