using CalciumSweep.Shared.Scenarios;
using CalciumSweep.Solver.Engine;
using CalciumSweep.Unit;

namespace CalciumSweep.Physics.Cell;

/// <summary>Mitochondrial uptake against an independent integration of the minimal model.</summary>
public sealed class MitochondriaTests
{
    private static readonly (string, double)[] _off = [("mcu.block", 1), ("nclx.block", 1)];
    private readonly Model _cell = ScenarioLibrary.Load("mitochondrial-uptake");

    /// <summary>Peaks have six digits; the reference's times of fall are the first of its samples below the level, which come late by up to 9 ms.</summary>
    [Fact]
    public void Peaks_and_falls_are_those_of_the_reference()
    {
        Same(_cell.All(), 2.49200, 4.215, 0.975);
        Same(_cell.All(_off), 3.05475, 1.663, 1.413);
        Same(_cell.All(("nclx.block", 1)), 2.46969, 1.102, 0.862);
        double[] control = _cell.All();
        Assert.InRange(control[2] / 5.79333, 1 - 3e-6, 1 + 3e-6);
        Assert.InRange(control[5] - 0.625, -1e-3, 1e-3);
        Assert.InRange(control[8] / 0.1122334, 1 - 5e-7, 1 + 5e-7);
        Assert.InRange(control[9] / 0.3191070, 1 - 2e-7, 1 + 2e-7);
        Assert.InRange(control[10] / 0.3895791, 1 - 2e-7, 1 + 2e-7);
    }

    [Fact]
    public void Uptake_trims_the_peak_and_prolongs_the_tail()
    {
        double[] control = _cell.All(), off = _cell.All(_off), kept = _cell.All(("nclx.block", 1));
        Assert.InRange(1 - (control[0] / off[0]), 0.1, 1);
        Assert.True(control[1] >= 2 * kept[1] && control[1] >= 2 * off[1]);
        Assert.InRange(control[5], 0.3, 2);
        Assert.InRange(_cell.Value("endMatrix", ("duration", 121)) / control[8], 0.99, 1.01);
    }

    [Fact]
    public void A_train_raises_nadh_and_atp_only_through_the_uniporter()
    {
        double[] train = _cell.All(("load.count", 6)), off = _cell.All([("load.count", 6), .. _off]);
        Assert.InRange(train[3] * 0.3191070 / 0.65863, 1 - 1e-5, 1 + 1e-5);
        Assert.InRange(train[4] / 1.4575, 1 - 3e-5, 1 + 3e-5);
        Assert.True(train[3] >= 1.3 && train[4] >= 1.2);
        Assert.InRange(off[3] - 1, -1e-9, 1e-9);
        Assert.InRange(off[4] - 1, -1e-9, 1e-9);
    }

    [Fact]
    public void Mitochondria_next_to_the_sites_of_entry_take_up_more() =>
        Assert.True(_cell.Value("peakMatrix", ("mcu.proximity", 0.01)) > 1.2 * _cell.Value("peakMatrix"));

    /// <summary>The steep uniporter of Marhl et al. 2000 and their exchanger in the same cell: uptake above, release below its threshold.</summary>
    [Fact]
    public void The_published_uniporter_takes_up_and_its_exchanger_returns()
    {
        string file = File.ReadAllText(Repository.PathOf("scenarios", "mitochondrial-uptake.yaml"))
            .Replace("mcu: { use: mcu.hill, drive: influx, vmax: mcu.density }", "mcu: { use: mcu.marhl, vmax: mcu.density }", StringComparison.Ordinal)
            .Replace("use: nclx.saturating", "use: nclx.marhl", StringComparison.Ordinal);
        double[] actual = Cells.Of(file).All();
        Assert.True(actual[2] > 3 * actual[8], "uptake");
        Assert.True(actual[0] < 0.9 * _cell.All(_off)[0], "the peak is trimmed");
    }

    private static void Same(double[] actual, double peak, double tail, double decay)
    {
        Assert.InRange(actual[0] / peak, 1 - 3e-6, 1 + 3e-6);
        Assert.InRange(tail - actual[1], 0, 0.009);
        Assert.InRange(decay - actual[6], 0, 0.009);
    }
}
