using CalciumSweep.Solver.Geometry;
using CalciumSweep.Solver.Grid;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Physics.Grid;

/// <summary>
/// A channel that stays open in a ball of buffer, against the radial solution in full space ("full"): within 2 % of it from five
/// cells on (and from two lengths λ on, where λ is shorter: the 3-point scheme has an error of r dx²/24λ³ there). Outside the
/// ball everything is held at rest.
/// </summary>
public sealed class PointSourceTests
{
    private const double FluxPerPicoampere = 5182.13; // µM µm³/s

    [Theory]
    [InlineData(200, 2.5, 0.2, 1000, 0.1, 0.02, 0.9, 100, 1.37438, 200, 0.592297)]
    [InlineData(75, 100, 1, 250, 0.1, 0.02, 0.7, 100, 0.751703, 200, 0.233372)]
    [InlineData(200, 500, 0.2, 1000, 0.1, 0.005, 0.25, 50, 0.635865, 100, 0.144057)]
    public void Calcium_around_an_open_channel_is_that_of_the_full_equations(
        double db, double on, double k, double total, double current, double dx, double radius,
        double r1, double c1, double r2, double c2)
    {
        // An eighth of the ball: the source sits in the corner, in a cell whose three faces mirror it.
        int n = (int)Math.Round(radius / dx);
        var inside = new bool[n * n * n];
        for (int i = 0; i < inside.Length; i++)
        {
            double x = (i % n) + 0.5, y = (i / n % n) + 0.5, z = (i / n / n) + 0.5;
            inside[i] = (x * x) + (y * y) + (z * z) <= n * n;
        }

        Mesh mesh = Media.Mesh(n, n, n, dx) with { Inside = inside, HasBath = true };
        GridMedium medium = Media.Of(
            Media.Plain + "\nbuffers: { b: { use: mobile, k: b.k } }",
            ("cytosol.diffusion", 250), ("cytosol.rest", 0.1), ("b.diffusion", db), ("b.kon", on), ("b.k", k), ("b.total", total));
        using var f = Media.Fields<Lane8>(mesh, medium);
        f.Sources = new PointSources([(0, 0, 0, current * FluxPerPicoampere / 8 / mesh.CellVolume)]);
        f.Relative = 1e-2;
        f.Absolute.AsSpan().Fill(1e-2);
        using var control = new StepControl<Lane8>(f, []);
        Assert.True(control.AdvanceTo(4 * radius * radius / db / 9.87 * 1.5), control.Failure); // six times the slowest mode, R²/π²D
        foreach (var (r, c) in new[] { (r1, c1), (r2, c2) })
        {
            // The source is spread evenly over a block of 2 × 2 × 2 mirrored cells round the corner: distance is from there.
            double at = (r * 1e-3 / dx) - 0.5;
            int low = (int)at;
            double line = NearAxis(f, at, low);
            Assert.InRange(line / c, 0.98, 1.02);
        }
    }

    /// <summary>Cubic interpolation of r·(c − rest) along the row nearest to the x axis, whose distance from it is half a cell.</summary>
    private static double NearAxis(GridFields<Lane8> f, double at, int low)
    {
        double dx = f.Mesh.Dx, r = (at + 0.5) * dx, sum = 0;
        for (int i = low - 1; i <= low + 2; i++)
        {
            double weight = 1;
            for (int j = low - 1; j <= low + 2; j++)
            {
                weight *= i == j ? 1 : (r - Distance(j)) / (Distance(i) - Distance(j));
            }

            sum += weight * Distance(i) * (f.At(0, i, 0, 0) - 0.1);
        }

        return 0.1 + (sum / r);
        double Distance(int i) => dx * Math.Sqrt(((i + 0.5) * (i + 0.5)) + 0.5);
    }
}
