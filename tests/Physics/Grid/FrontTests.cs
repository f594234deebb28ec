using CalciumSweep.Solver.Geometry;
using CalciumSweep.Solver.Grid;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Physics.Grid;

/// <summary>Bistable fronts, D = k = 1, a = 0.1: on a line exactly √½·(1 − 2a) = 0.565685.</summary>
public sealed class FrontTests
{
    private const double Exact = 0.56568542494923806;
    private static readonly GridMedium _bistable = Media.Bistable(0.1);

    [Fact]
    public void The_speed_does_not_depend_on_the_mesh()
    {
        double coarse = PlaneSpeed(0.5), fine = PlaneSpeed(0.25);
        Assert.InRange(fine / Exact, 1 - 1e-3, 1 + 1e-3);
        Assert.InRange(Math.Log2((coarse - Exact) / (fine - Exact)), 1.8, 2.2);
        Assert.InRange(coarse / fine, 0.98, 1.02);
    }

    [Fact]
    public void A_front_that_crosses_the_mesh_at_45_degrees_is_as_fast()
    {
        const double Dx = 0.25, L = 60;
        int n = (int)(L / Dx);
        using var f = Media.Fields<Lane8>(Media.Mesh(n, n, 1, Dx), _bistable);
        f.Set(0, (x, y, _) => Front(((x + y) / Math.Sqrt(2)) + 25));
        using var control = new StepControl<Lane8>(f, []);
        double[] at = new double[2];
        for (int i = 0; i < 2; i++)
        {
            Assert.True(control.AdvanceTo(20 + (25 * i)));
            at[i] = Math.Sqrt(2) * Dx * Crossing(Enumerable.Range(0, n).Select(x => f.At(0, x, x, 0)));
        }

        Assert.InRange((at[1] - at[0]) / 25 / Exact, 0.98, 1.02);
    }

    [Fact]
    public void A_line_of_cells_gives_the_same_answer_in_a_sheet_and_in_a_box()
    {
        double[] line = Embedded(Media.Mesh(160, 1, 1, 0.25));
        foreach (Mesh mesh in new[]
        {
            Media.Mesh(160, 5, 1, 0.25), Media.Mesh(160, 3, 4, 0.25), Media.Mesh(160, 4, 1, 0.25) with { Y = Boundary.Periodic },
        })
        {
            // Rounding (1e-16) grows at most with the number of steps (200) and with the front's own gain (e^0.3).
            double[] other = Embedded(mesh);
            Assert.InRange(line.Zip(other).Max(p => Math.Abs(p.First - p.Second)), 0, 1e-12);
        }
    }

    [Theory]
    [InlineData(15, 0.505755)]
    [InlineData(20, 0.519658)]
    [InlineData(30, 0.534038)]
    public void A_round_front_is_slower_by_D_over_R(double radius, double expected)
    {
        // Reference: radial solution at dx = 0.1. A quarter of the disc; the stencil's own error at dx = 0.25 is 0.05 %.
        const double Dx = 0.25;
        const int N = 160;
        using var f = Media.Fields<Lane8>(Media.Mesh(N, N, 1, Dx), _bistable);
        f.Set(0, (x, y, _) => Front(Math.Sqrt(Math.Pow(x + (N * Dx / 2), 2) + Math.Pow(y + (N * Dx / 2), 2)) - (radius - 5)));
        using var control = new StepControl<Lane8>(f, []);
        var passed = new List<(double T, double R)>();
        while (passed.Count < 60 && (passed.Count == 0 || passed[^1].R < radius + 1.5))
        {
            control.AdvanceTo(0.5 + (0.5 * passed.Count));
            passed.Add((control.Time, Radius(f)));
        }

        // Speed at the radius: slope over the passage of 2 µm around it.
        var near = passed.Where(p => Math.Abs(p.R - radius) <= 1).ToList();
        double t = near.Average(p => p.T), r = near.Average(p => p.R);
        double speed = near.Sum(p => (p.T - t) * (p.R - r)) / near.Sum(p => (p.T - t) * (p.T - t));
        Assert.InRange(speed / expected, 0.99, 1.01);
    }

    [Fact]
    public void What_is_mirrored_stays_mirrored()
    {
        using var f = Media.Fields<Lane8>(Media.Mesh(33, 21, 10, 0.5), _bistable);
        f.Set(0, (x, y, z) => 1.2 * Math.Exp(-((x * x) + (y * y) + (z * z)) / 4));
        using var control = new StepControl<Lane8>(f, []);
        Assert.True(control.AdvanceTo(5));
        double worst = 0;
        for (int z = 0; z < 10; z++)
        {
            for (int y = 0; y < 21; y++)
            {
                for (int x = 0; x < 33; x++)
                {
                    worst = Math.Max(worst, Math.Abs(f.At(0, x, y, z) - f.At(0, 32 - x, 20 - y, 9 - z)));
                }
            }
        }

        Assert.InRange(worst, 0, 1e-12);
    }

    private static double Front(double x) => 0.5 * (1 - Math.Tanh(x / Math.Sqrt(8)));

    private static double Radius(GridFields<Lane8> f) =>
        (Crossing(Enumerable.Range(0, f.Mesh.Nx).Select(x => 0.5 * (f.At(0, x, 0, 0) + f.At(0, 0, x, 0)))) + 0.5) * f.Mesh.Dx;

    private static double Crossing(IEnumerable<double> row)
    {
        double[] u = [.. row];
        int i = Array.FindLastIndex(u, v => v >= 0.5);
        return i + ((u[i] - 0.5) / (u[i] - u[i + 1]));
    }

    private static double[] Embedded(Mesh mesh)
    {
        using var f = Media.Fields<Lane8>(mesh, _bistable);
        f.Set(0, (x, _, _) => Front(x + 10));
        using var rkc = new RkcStepper<Lane8>(f);
        for (int i = 0; i < 200; i++)
        {
            rkc.Try(0.05, 64 + 2); // the same stages for all: those of the line
            rkc.Commit();
        }

        return [.. Enumerable.Range(0, mesh.Nx).Select(x => f.At(0, x, mesh.Ny - 1, mesh.Nz - 1))];
    }

    private static double PlaneSpeed(double dx)
    {
        int n = (int)(80 / dx);
        using var f = Media.Fields<Lane8>(Media.Mesh(n, 2, 1, dx), _bistable);
        f.Set(0, (x, _, _) => Front(x + 25));
        f.Relative = 1e-5;
        f.Absolute[0] = 1e-5;
        using var control = new StepControl<Lane8>(f, []);
        double[] at = new double[2];
        for (int i = 0; i < 2; i++)
        {
            Assert.True(control.AdvanceTo(30 + (40 * i)));
            at[i] = dx * Crossing(Enumerable.Range(0, n).Select(x => f.At(0, x, 0, 0)));
        }

        return (at[1] - at[0]) / 40;
    }
}
