using CalciumSweep.Kernels;
using CalciumSweep.Solver.Geometry;
using CalciumSweep.Solver.Grid;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.GridBenchmark;

/// <summary>
/// A sheet of 512 × 512 cells with five fields (free calcium, store, one stationary and two mobile buffers) and two
/// mechanisms: an explicit step against the triad of the same run. 80 bytes a cell and sweep: each field read and written once.
/// </summary>
internal static class SheetBenchmark
{
    private const int N = 512, Fields = 5, Rounds = 60, InCache = 12, Repeats = 20;

    private const string Parts = """
        pools:
          cytosol: { use: diffusing }
          store: { use: diffusing }
        buffers:
          still: { use: stationary }
          mobile: { use: mobile }
          dye: { use: mobile, indicator: true }
        mechanisms:
          serca: { use: serca.hill }
          leak: { use: leak, balance: rest }
        """;

    /// <summary>Runs it and returns what it measured.</summary>
    public static Dictionary<string, double> Run<V>()
        where V : unmanaged, ILanes<V>
    {
        var mesh = new Mesh(N, N, 1, 0.1, 0.1, 1, 2);
        GridMedium medium = BenchmarkMedium.Of(Parts);
        using var f = new GridFields<V>(mesh, medium, (1, 1, 1), []);
        f.Absolute.AsSpan().Fill(1);
        f.At(0, N / 2, N / 2, 0) = 10;
        f.Finish();
        using var fused = new MidpointStepper<V>(f);
        using var apart = new MidpointStepper<V>(f, isFused: false);
        var euler = new EulerSweep<V>(f);
        using var rkc = new RkcStepper<V>(f);
        using var small = new GridFields<V>(mesh with { Ny = InCache }, medium, (1, 1, 1), []);
        small.Absolute.AsSpan().Fill(1);
        var smallEuler = new EulerSweep<V>(small);
        using var smallFused = new MidpointStepper<V>(small);
        using var triad = new Triad<V>(2L * N * N * Fields * 8);
        using var triadMemory = new Triad<V>(400_000_000);
        double bestTriad = 0, memory = 0;
        double[] best = [1e9, 1e9, 1e9, 1e9, 1e9, 1e9];
        double radius = f.Rows.DiffusionRadius() + 1e4, h = 1 / radius;
        for (int round = 0; round < Rounds; round++)
        {
            bestTriad = Math.Max(bestTriad, triad.Pass());
            memory = Math.Max(memory, triadMemory.Pass(20));
            best[4] = Math.Min(best[4], Time(() => Repeat(smallEuler.Step, h)) / Repeats);
            best[5] = Math.Min(best[5], Time(() => Repeat(t => Step(smallFused, t, radius), h)) / Repeats);
            best[0] = Math.Min(best[0], Time(() => euler.Step(h)));
            best[1] = Math.Min(best[1], Time(() => Step(fused, h, radius)));
            best[2] = Math.Min(best[2], Time(() => Step(apart, h, radius)));
            best[3] = Math.Min(best[3], Time(() => rkc.Try(10 * h, radius)) / RkcWeights.Stages(10));
        }

        double bytes = Fields * 16.0 * N * N / 1e9;
        return new(StringComparer.Ordinal)
        {
            ["triad of the same footprint, GB/s"] = bestTriad,
            ["triad in memory, GB/s"] = memory,
            ["Euler step, ns/cell"] = best[0] / N / N * 1e9,
            ["Euler step, GB/s at 80 B/cell"] = bytes / best[0],
            ["Euler step, ns/cell, in the L2 cache"] = best[4] / N / InCache * 1e9,
            ["Euler step over triad in memory"] = bytes / best[0] / memory,
            ["Euler step over triad of the same footprint"] = bytes / best[0] / bestTriad,
            ["two-stage step in one sweep, ns/cell"] = best[1] / N / N * 1e9,
            ["two-stage step in one sweep, ns/cell, in the L2 cache"] = best[5] / N / InCache * 1e9,
            ["two-stage step in two sweeps, ns/cell"] = best[2] / N / N * 1e9,
            ["two-stage step in one sweep, GB/s at 2 × 80 B/cell"] = 2 * bytes / best[1],
            ["two-stage step over triad in memory"] = 2 * bytes / best[1] / memory,
            ["two-stage step over triad of the same footprint"] = 2 * bytes / best[1] / bestTriad,
            ["RKC2, ns/cell and stage"] = best[3] / N / N * 1e9,
        };
    }

    private static void Step<V>(MidpointStepper<V> stepper, double h, double radius)
        where V : unmanaged, ILanes<V>
    {
        stepper.Try(h, radius);
        stepper.Commit();
    }

    private static void Repeat(Action<double> step, double h)
    {
        for (int i = 0; i < Repeats; i++)
        {
            step(h);
        }
    }

    private static double Time(Action work)
    {
        double start = ThreadClock.Milliseconds();
        work();
        return 1e-3 * (ThreadClock.Milliseconds() - start);
    }
}
