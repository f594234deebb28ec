using CalciumSweep.Solver.Lanes;
using CalciumSweep.Solver.Mechanisms;

namespace CalciumSweep.Physics.Cell;

/// <summary>Pumps and exchangers where their sources say zero, half and how they grow.</summary>
public sealed class PumpTests
{
    [Theory]
    [InlineData(-80, 0.0328798)]
    [InlineData(0, 0.655977)]
    public void The_exchanger_reverses_at_its_thermodynamic_point(double voltage, double calcium)
    {
        // Six digits are given.
        Assert.InRange(Ncx(calcium * (1 - 2e-6), voltage), 0, 1);
        Assert.InRange(Ncx(calcium * (1 + 2e-6), voltage), -1, 0);
        Assert.True(Ncx(10 * calcium, voltage) < 0 && Ncx(0.1 * calcium, voltage) > 0);
    }

    [Theory]
    [InlineData(1, 300)]
    [InlineData(1.787, 286)]
    [InlineData(3, 10)]
    public void The_reversible_pump_stands_still_at_the_ratio_of_its_affinities(double n, double v)
    {
        double Pump(double c, double er) => MechanismProbe.At<SercaReversible<Lane1>, Lane1>([v, 0.246, 1700, n], [Lane1.All(c), Lane1.All(er)], []).J[0].Value;
        Assert.InRange(Pump(0.1, 691.0569106), -1e-8 * v, 1e-8 * v);
        Assert.True(Pump(0.1, 690) < 0 && Pump(0.1, 692) > 0);
        Assert.InRange(Pump(0.246, 0) / v, -0.5 - 1e-12, -0.5 + 1e-12);
    }

    [Fact]
    public void Pumps_are_half_maximal_at_k_and_nothing_without_calcium()
    {
        double Of<M>(double v, double k, double c)
            where M : unmanaged, IMechanism<M, Lane1> => MechanismProbe.At<M, Lane1>([v, k], [Lane1.All(c), Lane1.All(500)], []).J[0].Value;
        Assert.Equal(-50, Of<SercaHill<Lane1>>(100, 0.25, 0.25), 12);
        Assert.Equal(-10, Of<PmcaHill<Lane1>>(20, 0.2, 0.2), 12);
        Assert.Equal(-20, Of<NcxSimple<Lane1>>(40, 3, 3), 12);
        Assert.Equal(-150, Of<McuMarhl<Lane1>>(300, 0.8, 0.8), 12);
        Assert.Equal(0, Of<SercaHill<Lane1>>(100, 0.25, 0));
        Assert.Equal(0, Of<PmcaHill<Lane1>>(20, 0.2, 0));
        Assert.Equal(0, Of<NcxSimple<Lane1>>(40, 3, 0));
        Assert.Equal(0, Of<McuMarhl<Lane1>>(300, 0.8, 0));
    }

    private static double Ncx(double c, double voltage) => MechanismProbe.At<NcxLuoRudy<Lane1>, Lane1>(
        [1000, 10, 140, 87.5, 1380, 0.1, 0.35, 310.15], [Lane1.All(c), Lane1.All(1800), Lane1.All(voltage)], []).J[0].Value;
}
