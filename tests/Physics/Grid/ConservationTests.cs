using CalciumSweep.Solver.Geometry;
using CalciumSweep.Solver.Grid;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Physics.Grid;

/// <summary>Calcium is conserved to rounding, and no value becomes negative, whatever the boundary, the outline and the start.</summary>
public sealed class ConservationTests
{
    private const string Rich = """
        pools:
          cytosol: { use: diffusing }
          store: { use: diffusing }
          ip3: { use: diffusing, substance: IP3 }
        buffers:
          still: { use: stationary }
          mobile: { use: mobile }
          fast: { use: rapid, diffusion: fast.diffusion }
          csq: { use: rapid, pool: store }
        mechanisms:
          serca: { use: serca.hill }
          leak: { use: leak, balance: rest }
        """;

    public static TheoryData<int, string, string> Cases => new()
    {
        { 2, "no-flux", "brick" }, { 2, "periodic", "brick" }, { 2, "no-flux", "ellipse" }, { 2, "periodic", "myocyte" },
        { 3, "no-flux", "brick" }, { 3, "periodic", "brick" }, { 3, "periodic", "ellipse" }, { 3, "no-flux", "myocyte" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Total_calcium_of_a_closed_cell_does_not_change(int dimensions, string boundary, string outline)
    {
        foreach (string stepper in new[] { "rkc2", "explicit" })
        {
            using var f = Media.Fields<Lane4>(Shape(dimensions, boundary, outline), Media.Of(Rich));
            Disturb(f, 1);
            double start = f.TotalCalcium();
            using var control = new StepControl<Lane4>(f, [], stepper);
            Assert.True(control.AdvanceTo(stepper == "rkc2" ? 0.02 : 0.005), control.Failure);

            // About 10² steps, each sum rounded to 1e-16 with either sign.
            Assert.InRange(Math.Abs(f.TotalCalcium() - start) / start, 0, 1e-12);
        }
    }

    [Fact]
    public void What_enters_through_a_clamped_face_brings_the_cell_to_rest()
    {
        foreach (Mesh mesh in new[]
        {
            Media.Mesh(12, 9, 1, 0.25) with { X = Boundary.Clamped },
            Media.Mesh(9, 12, 5, 0.25) with { Y = Boundary.Clamped },
            Media.Mesh(5, 6, 12, 0.25) with { Z = Boundary.Clamped },
            Media.Mesh(15, 15, 1, 0.25) with { Inside = Outline.Of("ellipse", 15, 15, 1), HasBath = true },
        })
        {
            using var f = Media.Fields<Lane8>(mesh, Media.Of(Media.Plain + "\nbuffers: { fast: { use: rapid, pool: cytosol } }"));
            Disturb(f, 3);
            using var control = new StepControl<Lane8>(f, []);
            Assert.True(control.AdvanceTo(2), control.Failure);

            // Steps grow until their error is the tolerance: absolute 1e-3 and relative 2e-3, of which the cell at rest keeps a part.
            Assert.InRange(f.At(0, mesh.Nx / 2, mesh.Ny / 2, mesh.Nz / 2) / f.Rest(0), 1 - 2e-3, 1 + 2e-3);
        }
    }

    [Fact]
    public void A_clamped_face_is_half_a_cell_away()
    {
        // Between a face held at rest (both sides) the slowest mode decays at 2D(1 − cos(π/n))/dx²·: ghost = 2·rest − u makes
        // sin(π (i + ½)/n) an exact mode of the stencil.
        const int N = 16;
        var mesh = Media.Mesh(N, 3, 1, 0.25) with { X = Boundary.Clamped };
        using var f = Media.Fields<Lane8>(mesh, Media.Of(Media.Plain, ("cytosol.diffusion", 30), ("cytosol.rest", 1)));
        f.Set(0, (x, _, _) => 1 + Math.Cos(Math.PI * x / (N * 0.25)));
        using var rkc = new RkcStepper<Lane8>(f);
        rkc.Prepare();
        double expected = -2 * 30 * (1 - Math.Cos(Math.PI / N)) / (0.25 * 0.25);
        for (int x = 0; x < N; x++)
        {
            unsafe
            {
                Assert.Equal(expected, rkc.FirstRates!.State[0][mesh.At(x, 1, 0)] / (f.At(0, x, 1, 0) - 1), 6);
            }
        }
    }

    [Theory]
    [InlineData(2, "no-flux", "brick", "auto")]
    [InlineData(2, "periodic", "brick", "explicit")]
    [InlineData(2, "no-flux", "ellipse", "rkc2")]
    [InlineData(3, "no-flux", "brick", "auto")]
    [InlineData(3, "periodic", "brick", "rkc2")]
    public void No_value_becomes_negative_from_2000_rough_starts(int dimensions, string boundary, string outline, string stepper)
    {
        // Ten thousand in all. Steps are as long as the control accepts; neighbouring cells differ by up to seven decades.
        const int Starts = 2000;
        var random = new System.Random(7 + dimensions);
        int nz = dimensions == 3 ? 4 : 1;
        Boundary b = boundary == "periodic" ? Boundary.Periodic : Boundary.NoFlux;
        Mesh mesh = Media.Mesh(9, 5, nz, 0.2) with { X = b, Y = b, Z = b, Inside = Outline.Of(outline, 9, 5, nz) };
        using var f = Media.Fields<Lane8>(mesh, Media.Of(Media.Full));
        using var control = new StepControl<Lane8>(f, [], stepper);
        for (int start = 0; start < Starts; start++)
        {
            for (int s = 0; s < f.Medium.States; s++)
            {
                double most = s < 2 ? 1e3 : 50; // bound calcium does not exceed its buffer
                f.Set(s, (_, _, _) => most * Math.Pow(10, -7 * random.NextDouble()));
            }

            control.Forget();
            double before = f.TotalCalcium();
            Assert.True(control.AdvanceTo(control.Time + 2e-5), control.Failure);
            Assert.True(f.All().TrueForAll(u => u >= 0));
            Assert.InRange(Math.Abs(f.TotalCalcium() - before) / before, 0, 1e-13);
        }
    }

    [Fact]
    public void Binding_follows_its_closed_form_whichever_partner_is_called_the_buffer()
    {
        // A + B ⇌ AB, 100 /µM/s and 50 /s, 2 and 50 µM: AB after 0.1 and 0.5 ms, and at last.
        (int Steps, double Bound)[] exact = [(100, 0.7799954646), (500, 1.8108826615), (5000, 1.9793902013)];
        const double H = 1e-6, Radius = 1e4;
        var ab = new double[2, 3];
        foreach (var (free, total, i) in new[] { (2.0, 50.0, 0), (50.0, 2.0, 1) })
        {
            using var f = Media.Fields<Lane8>(
                Media.Mesh(9, 3, 1, 0.5),
                Media.Of(
                    Media.Plain + "\nbuffers: { b: { use: stationary, pool: cytosol } }",
                    ("b.total", total), ("b.kon", 100), ("b.koff", 50), ("cytosol.diffusion", 10)));
            f.Set(0, (_, _, _) => free);
            f.Set(1, (_, _, _) => 0);
            using var rkc = new RkcStepper<Lane8>(f);
            for (int t = 0, step = 0; t < exact.Length; t++)
            {
                for (; step < exact[t].Steps; step++)
                {
                    rkc.Try(H, Radius);
                    rkc.Commit();
                }

                // Second order: (k h)²/6 = 4e-6 of what is left to bind, which relaxes at k = 4900 /s.
                ab[i, t] = f.At(1, 4, 1, 0);
                Assert.InRange(ab[i, t] / exact[t].Bound, 1 - 4e-6, 1 + 4e-6);
            }
        }

        // What is free of a buffer is its total less what is bound, calcium is a state of its own: equal not bit by bit but
        // to rounding, 6e-15 of 50 µM a step, over the 200 steps in which a disturbance relaxes.
        for (int t = 0; t < exact.Length; t++)
        {
            Assert.InRange(ab[0, t] - ab[1, t], -1.2e-12, 1.2e-12);
        }
    }

    [Fact]
    public void A_state_that_is_not_finite_ends_with_a_reason()
    {
        using var f = Media.Fields<Lane8>(Media.Mesh(11, 7, 1, 0.25), Media.Of(Media.Full));
        f.At(0, 5, 3, 0) = double.NaN;
        f.Finish();
        using var control = new StepControl<Lane8>(f, []);
        Assert.False(control.AdvanceTo(1e-3));
        Assert.StartsWith("NonFinite at t=0 s", control.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Free_calcium_follows_from_the_total_of_several_rapid_buffers()
    {
        RapidBuffer[] buffers = [new(100, 0.3, 0), new(500, 20, 0), new(2000, 5, 0)];
        foreach (double c in new[] { 0, 1e-6, 0.1, 3, 50, 1e4 })
        {
            double total = c + buffers.Sum(b => b.Total * c / (b.K + c)), free;
            unsafe
            {
                RapidFree.Solve<Lane1>(buffers, &total, &free, 1);
            }

            // The total carries c with a relative error of 1e-16 × (1 + Σ B/K).
            Assert.InRange(Math.Abs(free - c), 0, 1e-12 * Math.Max(c, total));
        }
    }

    private static Mesh Shape(int dimensions, string boundary, string outline)
    {
        Boundary b = boundary == "periodic" ? Boundary.Periodic : Boundary.NoFlux;
        int nz = dimensions == 3 ? 7 : 1;
        return Media.Mesh(21, 13, nz, 0.2) with { X = b, Y = b, Z = b, Inside = Outline.Of(outline, 21, 13, nz) };
    }

    private static void Disturb<V>(GridFields<V> f, int seed)
        where V : unmanaged, ILanes<V>
    {
        var random = new System.Random(seed);
        for (int s = 0; s < f.Medium.Pools; s++)
        {
            double rest = f.Rest(s);
            f.Set(s, (_, _, _) => rest + (5 * random.NextDouble()));
        }
    }
}
