using CalciumSweep.Shared.Scenarios;
using CalciumSweep.Solver.Geometry;
using CalciumSweep.Solver.Grid;
using CalciumSweep.Solver.Lanes;
using CalciumSweep.Solver.Sites;

namespace CalciumSweep.Physics.Grid;

/// <summary>The bits of a result depend on neither the width of the vectors nor the number of threads.</summary>
public sealed class BitsTests
{
    [Theory]
    [InlineData("rkc2", "no-flux")]
    [InlineData("explicit", "no-flux")]
    [InlineData("rkc2", "periodic")]
    [InlineData("explicit", "periodic")]
    public void Every_width_and_any_number_of_threads_give_the_same_bits(string stepper, string boundary)
    {
        foreach (Mesh mesh in new[] { Media.Mesh(37, 11, 1, 0.2), Media.Mesh(13, 6, 9, 0.2), Masked(Media.Mesh(19, 8, 5, 0.2)) })
        {
            Boundary b = boundary == "periodic" ? Boundary.Periodic : Boundary.NoFlux;
            Mesh m = mesh with { X = b, Y = b, Z = b };
            List<double> expected = Run<Lane1>(m, stepper, 1);
            Assert.Equal(expected, Run<Lane2>(m, stepper, 1));
            Assert.Equal(expected, Run<Lane4>(m, stepper, 1));
            Assert.Equal(expected, Run<Lane8>(m, stepper, 1));
            Assert.Equal(expected, Run<Lane8>(m, stepper, 2));
            Assert.Equal(expected, Run<Lane4>(m, stepper, 3));
        }
    }

    [Fact]
    public void One_sweep_and_two_sweeps_of_the_explicit_rule_give_the_same_bits()
    {
        var mesh = Media.Mesh(21, 9, 6, 0.2);
        List<double>[] ends = [.. new[] { true, false }.Select(isFused =>
        {
            using var f = Start<Lane8>(mesh, 1);
            using var stepper = new MidpointStepper<Lane8>(f, isFused);
            for (int i = 0; i < 20; i++)
            {
                stepper.Try(5e-6, 1e5);
                stepper.Commit();
            }

            return f.All();
        })];
        Assert.Equal(ends[0], ends[1]);
    }

    [Fact]
    public void One_sweep_and_a_sweep_per_stage_of_rkc2_give_the_same_bits_with_sites_on_any_number_of_threads()
    {
        var mesh = Media.Mesh(21, 9, 12, 0.3);
        List<double> expected = WithSites(mesh, 1, isSwept: false);
        Assert.Equal(expected, WithSites(mesh, 1, isSwept: true));
        Assert.Equal(expected, WithSites(mesh, 2, isSwept: true));
        Assert.Equal(expected, WithSites(mesh, 3, isSwept: true));
        Assert.Equal(expected, WithSites(mesh, 5, isSwept: true));
    }

    [Theory]
    [InlineData("site-plane")]
    [InlineData("site-volume")]
    public void Sites_give_the_same_bits_at_every_width(string scenario)
    {
        var model = ScenarioLibrary.Load(scenario);
        (string, double)[] set =
            [("sites.count", 5), ("sites.rows", 2), ("mesh.dx", 0.5), ("sites.spacing", 1.2), ("limit.time", 0.03), ("sites.jitter", 0.2)];
        var expected = Runs.Of(model, 2, 1, set);
        Assert.DoesNotContain(expected, r => r.Outcome == Solver.Engine.Outcome.Failed);
        foreach (int width in new[] { 2, 4, 8 })
        {
            var actual = Runs.Of(model, 2, width, set);
            for (int i = 0; i < expected.Count; i++)
            {
                Assert.Equal((expected[i].Outcome, expected[i].Steps), (actual[i].Outcome, actual[i].Steps));
                Assert.Equal(
                    expected[i].Observables.Select(BitConverter.DoubleToInt64Bits), actual[i].Observables.Select(BitConverter.DoubleToInt64Bits));
            }
        }
    }

    private static Mesh Masked(Mesh mesh) => mesh with { Inside = Outline.Of("ellipse", mesh.Nx, mesh.Ny, mesh.Nz) };

    private static List<double> WithSites(Mesh mesh, int threads, bool isSwept)
    {
        using var f = Start<Lane8>(mesh, threads);
        var rates = new SiteRates(new RyrSite(2, 130, 2000, 625, 2.56e10, 500, 80, 5), 0.1, 0.1, 10000, 800, 1);
        var places = new SitePlacement("lattice", (3, 3, 6), (2.1, 0.9, 0.6), 0).Places(5);
        var sources = new SiteSources(f.Rows, 0, 1, rates, places, 5, 0);
        using var groups = new SiteGroups<Lane8>(sources);
        f.Sources = sources;
        foreach (SiteState s in sources.Sites)
        {
            s.Total(0) = rates.JunctionTotal(500);
            (s.Channels.Channels, s.Channels.Open, s.HeldUntil) = (20, s.Index % 4, 1);
        }

        using var stepper = new RkcStepper<Lane8>(f, isSwept);
        for (int i = 0; i < 12; i++)
        {
            // Two to eight stages.
            stepper.Prepare();
            groups.Gate(0, f.Sets[0], stepper.FirstRates!, 0, 1e-6, 0, mesh.Rows);
            stepper.Try((1 + i) * 2e-5, 2e5);
            stepper.Commit();
        }

        return [.. f.All(), .. sources.Sites.Select(s => s.Total0), .. sources.Sites.Select(s => s.Released0)];
    }

    private static List<double> Run<V>(Mesh mesh, string stepper, int threads)
        where V : unmanaged, ILanes<V>
    {
        using var f = Start<V>(mesh, threads);
        using var control = new StepControl<V>(f, [], stepper);
        Assert.True(control.AdvanceTo(5e-4), control.Failure);
        return f.All();
    }

    private static GridFields<V> Start<V>(Mesh mesh, int threads)
        where V : unmanaged, ILanes<V>
    {
        GridMedium medium = Media.Of(Media.Full + "\n", ("mobile.total", 80));
        var f = Media.Fields<V>(mesh, medium, threads);
        f.Set(0, (x, y, z) => 0.1 + (20 * Math.Exp(-((x * x) + (y * y) + (z * z)) / 0.3)));
        return f;
    }
}
