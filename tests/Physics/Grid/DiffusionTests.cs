using CalciumSweep.Solver.Grid;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Physics.Grid;

/// <summary>Diffusion alone against its closed forms.</summary>
public sealed unsafe class DiffusionTests
{
    private static readonly GridMedium _plain = Media.Of(Media.Plain, ("cytosol.diffusion", 30), ("cytosol.rest", 0));

    [Fact]
    public void The_heat_kernel_of_a_sheet_is_met_within_a_percent_and_is_round()
    {
        const int N = 129;
        const double Dx = 0.0625, T = 0.01;
        using var f = Media.Fields<Lane8>(Media.Mesh(N, N, 1, Dx), _plain);
        f.At(0, N / 2, N / 2, 0) = 1 / (Dx * Dx);
        f.Finish();
        // RKC2 damps what changes sign from cell to cell by 5 % a step only: a delta needs many steps.
        Steps(f, T, 400);
        for (int i = 4; i <= 32; i += 4)
        {
            double r = i * Dx, exact = Math.Exp(-r * r / (4 * 30 * T)) / (4 * Math.PI * 30 * T);
            Assert.InRange(f.At(0, (N / 2) + i, N / 2, 0) / exact, 0.99, 1.01);
        }

        // Equal distance along an axis and (3, 4, 5) off it: within 1 %.
        double axis = f.At(0, (N / 2) + 20, N / 2, 0), oblique = f.At(0, (N / 2) + 12, (N / 2) + 16, 0);
        Assert.InRange(axis / oblique, 0.99, 1.01);
    }

    [Fact]
    public void The_heat_kernel_of_a_box_is_that_of_the_tables()
    {
        const int N = 49;
        const double Dx = 0.125, T = 0.01;
        using var f = Media.Fields<Lane8>(Media.Mesh(N, N, N, Dx), _plain);
        f.At(0, N / 2, N / 2, N / 2) = 1 / (Dx * Dx * Dx);
        f.Finish();
        Steps(f, T, 300);
        foreach (var (i, exact) in new[] { (4, 0.11092394), (8, 0.05937331) })
        {
            Assert.InRange(f.At(0, (N / 2) + i, N / 2, N / 2) / exact, 0.99, 1.01);
        }

        // (2, 4, 4) is 6 cells away, like (6, 0, 0); so is (4, 4, 7) like (9, 0, 0).
        Assert.InRange(f.At(0, (N / 2) + 6, N / 2, N / 2) / f.At(0, (N / 2) + 2, (N / 2) + 4, (N / 2) + 4), 0.99, 1.01);
        Assert.InRange(f.At(0, N / 2, N / 2, (N / 2) + 9) / f.At(0, (N / 2) + 4, (N / 2) + 4, (N / 2) + 7), 0.99, 1.01);
    }

    [Fact]
    public void A_cosine_decays_at_the_rate_of_the_stencil_in_every_direction()
    {
        // Truth of the 3-point stencil: 2D(1 − cos(π dx/L))/dx² = 2.95479826 /s at D = 30, L = 10, dx = 0.5.
        foreach (int direction in new[] { 0, 1, 2 })
        {
            var mesh = direction switch { 0 => Media.Mesh(20, 3, 2, 0.5), 1 => Media.Mesh(3, 20, 2, 0.5), _ => Media.Mesh(2, 3, 20, 0.5) };
            using var f = Media.Fields<Lane8>(mesh, _plain);
            f.Set(0, (x, y, z) => 2 - Math.Sin(Math.PI * (direction == 0 ? x : direction == 1 ? y : z) / 10));
            using var rkc = new RkcStepper<Lane8>(f);
            rkc.Prepare();
            double rate = rkc.FirstRates!.State[0][mesh.At(1, 1, 1)], u = f.At(0, 1, 1, 1) - 2;
            Assert.Equal(2.95479826, -rate / u, 8);
        }
    }

    [Fact]
    public void Diffusion_may_differ_along_each_direction()
    {
        var mesh = Media.Mesh(20, 20, 2, 0.5);
        using var f = new GridFields<Lane8>(mesh, _plain, (1, 0.25, 3), []);
        f.Set(0, (x, y, _) => 2 - Math.Sin(Math.PI * x / 10) - (0.3 * Math.Sin(Math.PI * y / 10)));
        using var rkc = new RkcStepper<Lane8>(f);
        rkc.Prepare();
        double sx = Math.Sin(Math.PI * 9.5 / 20), sy = sx;
        double expected = 2.95479826 * (-sx * -1 * 1) + (0.3 * 2.95479826 * 0.25 * sy);
        Assert.Equal(-expected, rkc.FirstRates!.State[0][mesh.At(0, 0, 1)], 7);
    }

    [Fact]
    public void Errors_fall_as_the_square_of_dx()
    {
        double coarse = CosineError(16), fine = CosineError(32), finest = CosineError(64);
        Assert.InRange(coarse / fine, 3.9, 4.1);
        Assert.InRange(fine / finest, 3.9, 4.1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Errors_fall_as_the_square_of_dt_with_a_stiff_buffer(bool isExplicit)
    {
        // Binding relaxes at kon·B = 5000 /s, so that kon·B·dt is 0.2 at the coarsest step and its transient is resolved.
        GridMedium medium = Media.Of(
            Media.Plain + "\nbuffers: { b: { use: mobile, pool: cytosol } }",
            ("b.total", 100), ("b.kon", 50), ("b.koff", 500), ("b.diffusion", 20), ("cytosol.diffusion", 100));
        double[] exact = Profile(medium, isExplicit, 8192);
        int steps = isExplicit ? 128 : 96;
        double coarse = Distance(Profile(medium, isExplicit, steps), exact), fine = Distance(Profile(medium, isExplicit, 2 * steps), exact);
        double finest = Distance(Profile(medium, isExplicit, 4 * steps), exact);
        Assert.InRange(fine / finest, 3.8, 4.2);
        Assert.InRange(coarse / fine, 3.6, 4.4);
    }

    private static double[] Profile(GridMedium medium, bool isExplicit, int steps)
    {
        using var f = Media.Fields<Lane8>(Media.Mesh(32, 4, 1, 0.25), medium);
        f.Set(0, (x, _, _) => 1 + Math.Exp(-x * x));
        Steps(f, 4e-3, steps, isExplicit, stages: 5); // as many stages at every step, whose error constants then agree
        return [.. Enumerable.Range(0, 32).Select(x => f.At(0, x, 1, 0))];
    }

    private static double Distance(double[] a, double[] b) => a.Zip(b).Max(p => Math.Abs(p.First - p.Second));

    private static double CosineError(int n)
    {
        // dx only: the step is so short that its error is a hundredth of that of dx.
        using var f = Media.Fields<Lane8>(Media.Mesh(n, n, 1, 10.0 / n), _plain);
        f.Set(0, (x, y, _) => 2 + (Math.Sin(Math.PI * x / 10) * Math.Sin(Math.PI * y / 10)));
        Steps(f, 0.05, 400);
        double edge = Math.PI * 0.5 * (1 - (1.0 / n)), start = Math.Sin(edge) * Math.Sin(edge);
        double exact = start * Math.Exp(-2 * 30 * Math.PI * Math.PI / 100 * 0.05);
        return Math.Abs((f.At(0, n - 1, n - 1, 0) - 2 - exact) / start);
    }

    private static void Steps<V>(GridFields<V> f, double time, int steps, bool isExplicit = false, int stages = 0)
        where V : unmanaged, ILanes<V>
    {
        using IStepper stepper = isExplicit ? new MidpointStepper<V>(f) : new RkcStepper<V>(f);
        using var kinetic = new KineticRadius<V>(f, []);
        double radius = f.Rows.DiffusionRadius() + (1.5 * kinetic.Find());
        if (stages > 0)
        {
            radius = (((stages - 0.5) * (stages - 0.5)) - 1) / 1.54 / (time / steps);
        }

        for (int i = 0; i < steps; i++)
        {
            stepper.Try(time / steps, radius);
            stepper.Commit();
        }
    }
}
