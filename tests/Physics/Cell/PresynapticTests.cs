using CalciumSweep.Shared.Scenarios;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Physics.Cell;

/// <summary>Action potential, entry, release: what Cd²⁺ and buffers do to evoked and to spontaneous release.</summary>
public sealed class PresynapticTests
{
    private const int Evoked = 0, Mini = 1, Local = 2, Delay = 3, DrawnEvoked = 4, DrawnMinis = 5, Voltage = 6, Width = 7;
    private readonly Model _terminal = ScenarioLibrary.Load("presynaptic-terminal");

    [Fact]
    public void An_action_potential_overshoots_and_releases_within_a_millisecond()
    {
        double[] actual = _terminal.All();
        Assert.InRange(actual[Voltage], 20, 60);
        Assert.InRange(actual[Width], 0.2e-3, 1e-3);
        Assert.InRange(actual[Local], 5, 50);
        Assert.InRange(actual[Evoked], 5, 200);
        Assert.InRange(actual[Delay], 0.1e-3, 1e-3);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(200)]
    public void Cadmium_silences_evoked_release_and_leaves_minis(double cadmium)
    {
        double[] control = _terminal.All(), blocked = _terminal.All(("cadmium.concentration", cadmium));
        Assert.True(blocked[Evoked] <= 0.01 * control[Evoked]);
        Assert.InRange(blocked[Mini] / control[Mini], 0.95, 1.05);
        Assert.Equal(control[Voltage], blocked[Voltage], 1e-6);
    }

    [Fact]
    public void Half_the_channels_give_an_eighth_of_the_release_or_less()
    {
        double[] control = _terminal.All(("vgcc.density", 2)), half = _terminal.All(("vgcc.density", 1));
        Assert.InRange(half[Evoked] / control[Evoked], 0, 0.12);
    }

    /// <summary>Twenty nm from the channels: λ is 0.32 µm in 1 mM EGTA and 22 nm in 1 mM BAPTA.</summary>
    [Fact]
    public void Egta_hardly_changes_release_next_to_the_channels_and_bapta_abolishes_it()
    {
        (string, double)[] near = [("vgcc.distance", 0.02), ("vgcc.density", 1)];
        double control = _terminal.All(near)[Evoked];
        double egta = _terminal.All([.. near, ("buffer.total", 1000), ("buffer.kon", 2.5)])[Evoked];
        double bapta = _terminal.All([.. near, ("buffer.total", 10000), ("buffer.kon", 500)])[Evoked];
        Assert.InRange(egta / control, 0.7, 1);
        Assert.InRange(bapta / control, 0, 0.01);
    }

    [Fact]
    public void Without_action_potentials_only_minis_are_left()
    {
        double[] silent = _terminal.All(("stimulus.count", 0));
        Assert.Equal(double.NaN, silent[Evoked]);

        // Vesicles with five Ca²⁺ are rarer once they can fuse: the rate settles in the first millisecond, and is a mean over 50 or 10 ms here.
        Assert.InRange(silent[Mini] / _terminal.All()[Mini], 1 - 1e-4, 1 + 1e-4);
        double[] blocked = _terminal.All(("membrane.sodium", 0));
        Assert.True(blocked[Evoked] < 0.01 * _terminal.All()[Evoked], "tetrodotoxin");
    }

    /// <summary>Counts are Poisson with the expectations as means: 4 standard errors of 400 replicates.</summary>
    [Fact]
    public void Drawn_counts_scatter_around_the_expectation()
    {
        const int n = 400;
        (string, double)[] set = [("stimulus.start", 0.04), ("duration", 0.06), ("vesicles", 20000)];
        SimulationResult[] runs = [.. Runs.Of(_terminal, n, 8, set)];
        double evoked = runs[0].Observables[Evoked], minis = runs[0].Observables[Mini] * 0.04;
        Assert.InRange(runs.Average(r => r.Observables[DrawnEvoked]) - evoked, -4 * Math.Sqrt(evoked / n), 4 * Math.Sqrt(evoked / n));
        Assert.InRange(runs.Average(r => r.Observables[DrawnMinis]) - minis, -4 * Math.Sqrt(minis / n), 4 * Math.Sqrt(minis / n));
        Assert.True(runs.Select(r => r.Observables[DrawnEvoked]).Distinct().Count() > 20);
    }
}
