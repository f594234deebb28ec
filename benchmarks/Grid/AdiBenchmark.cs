using CalciumSweep.Kernels;
using CalciumSweep.Solver.Geometry;
using CalciumSweep.Solver.Grid;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.GridBenchmark;

/// <summary>
/// RKC2 against alternating directions at equal error: a sheet with one mobile buffer, a round spark's calcium spreading for
/// 4 ms. For every step the error (largest, over the largest calcium, against RKC2 with steps of 4 µs) and the processor time of
/// a step, the shortest of the run.
/// </summary>
internal static unsafe class AdiBenchmark
{
    private const int N = 128, ReferenceSteps = 1000;
    private const double End = 4e-3, D = 220, DBound = 90, Total = 50, Off = 90;

    private const string Parts = """
        pools:
          cytosol: { use: diffusing }
        buffers:
          mobile: { use: mobile }
        """;

    /// <summary>Runs it.</summary>
    public static Dictionary<string, double> Run<V>()
        where V : unmanaged, ILanes<V>
    {
        var found = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (double dx in new[] { 0.25, 0.1, 0.05 })
        {
            foreach (double on in new[] { 80.0, 2000 })
            {
                var (_, exact) = Rkc<V>(dx, on, ReferenceSteps);
                foreach (int steps in new[] { 10, 20, 40, 80, 160, 320 })
                {
                    var (rkc, a) = Rkc<V>(dx, on, steps);
                    var (adi, b) = Adi(dx, on, steps);
                    string what = $"dx {dx} kon {on} steps {steps}: ";
                    found[what + "RKC2, ns a cell and step"] = rkc * 1e6 / N / N;
                    found[what + "RKC2, error"] = Distance(a, exact);
                    found[what + "ADI, ns a cell and step"] = adi * 1e6 / N / N;
                    found[what + "ADI, error"] = Distance(b, exact);
                }
            }
        }

        return found;
    }

    private static double Start(int x, int y, double dx)
    {
        double a = (x + 0.5 - (0.4 * N)) * dx, b = (y + 0.5 - (0.45 * N)) * dx, width = 0.06 * N * dx;
        return 0.1 + (50 * Math.Exp(-((a * a) + (b * b)) / (2 * width * width)));
    }

    private static (double Milliseconds, double[] Calcium) Rkc<V>(double dx, double on, int steps)
        where V : unmanaged, ILanes<V>
    {
        GridMedium medium = BenchmarkMedium.Of(
            Parts, ("cytosol.diffusion", D), ("mobile.total", Total), ("mobile.kon", on), ("mobile.koff", Off), ("mobile.diffusion", DBound));
        using var f = new GridFields<V>(new Mesh(N, N, 1, dx, dx, 1, 2), medium, (1, 1, 1), []);
        f.Absolute.AsSpan().Fill(1);
        using var stepper = new RkcStepper<V>(f);
        double best = double.MaxValue, radius = f.Rows.DiffusionRadius() + (1.3 * ((on * (Total + 50)) + Off));
        for (int i = 0; i < N * N; i++)
        {
            f.At(0, i % N, i / N, 0) = Start(i % N, i / N, dx);
        }

        f.Finish();
        for (int i = 0; i < steps; i++)
        {
            double clock = ThreadClock.Milliseconds();
            stepper.Try(End / steps, radius);
            stepper.Commit();
            best = Math.Min(best, ThreadClock.Milliseconds() - clock);
        }

        return (best, [.. Enumerable.Range(0, N * N).Select(i => f.At(0, i % N, i / N, 0))]);
    }

    private static (double Milliseconds, double[] Calcium) Adi(double dx, double on, int steps)
    {
        using var adi = new AdiPrototype(N, dx, (D, DBound), (on, Off, Total));
        double best = double.MaxValue;
        for (int i = 0; i < N * N; i++)
        {
            (adi.C[i], adi.B[i]) = (Start(i % N, i / N, dx), Total * 0.1 / (0.1 + (Off / on)));
        }

        for (int i = 0; i < steps; i++)
        {
            double clock = ThreadClock.Milliseconds();
            adi.Step(End / steps);
            best = Math.Min(best, ThreadClock.Milliseconds() - clock);
        }

        return (best, new ReadOnlySpan<double>(adi.C, N * N).ToArray());
    }

    private static double Distance(double[] a, double[] b) => a.Zip(b).Max(p => Math.Abs(p.First - p.Second)) / b.Max();
}
