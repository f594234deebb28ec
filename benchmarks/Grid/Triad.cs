using CalciumSweep.Kernels;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.GridBenchmark;

/// <summary>Memory bandwidth of this machine now: a[i] = b[i] + s·c[i], 24 bytes an element.</summary>
internal sealed unsafe class Triad<V> : IDisposable
    where V : unmanaged, ILanes<V>
{
    private readonly int _n;
    private readonly AlignedMemory _a, _b, _c;
    private int _part;

    /// <summary>Over three arrays of <paramref name="bytes"/> together.</summary>
    public Triad(long bytes)
    {
        _n = (int)(bytes / 24 / 64 * 64);
        (_a, _b, _c) = (new((8L * _n) + 320), new((8L * _n) + 320), new((8L * _n) + 320));
    }

    /// <summary>GB/s over the next of <paramref name="parts"/> equal parts: of arrays that exceed the caches, one that is not in them.</summary>
    public double Pass(int parts = 1)
    {
        int n = _n / parts / 64 * 64, from = _part++ % parts * n;
        double start = ThreadClock.Milliseconds();
        Run((double*)_a.Start + from, (double*)_b.Start + from, (double*)_c.Start + from, n);
        return 24e-6 * n / (ThreadClock.Milliseconds() - start);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _a.Dispose();
        _b.Dispose();
        _c.Dispose();
    }

    private static void Run(double* a, double* b, double* c, int n)
    {
        V s = V.All(3);
        for (int i = 0; i < n; i += V.Count)
        {
            *(V*)(a + i) = *(V*)(b + i) + (s * *(V*)(c + i));
        }
    }
}
