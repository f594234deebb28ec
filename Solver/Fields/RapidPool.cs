using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;
using static CalciumSweep.Solver.Lanes.Elementary;

namespace CalciumSweep.Solver.Fields;

/// <summary>
/// Instantaneous buffers of one pool, in conservative form: the variable is total calcium T = Λ·c + Σ b·c/(K + c). Its free
/// calcium comes from a closed form (one saturable buffer) or a fixed number of Newton steps from below, which converge
/// without overshoot because T is concave.
/// </summary>
/// <typeparam name="V">The lane type.</typeparam>
internal sealed unsafe class RapidPool<V> : IDisposable
    where V : unmanaged, ILanes<V>
{
    private const int Tile = FieldMemory<V>.Tile, NewtonSteps = 12;
    private readonly AlignedMemory _memory;
    private readonly int _buffers;

    /// <summary>For some saturable buffers.</summary>
    public RapidPool(int buffers) => (_buffers, _memory) = (buffers, new AlignedMemory((2 + (3 * buffers)) * sizeof(V)));

    /// <summary>Λ: 1 + the capacities of linear buffers; their and free calcium's diffusion over dx², 1/s; then total, K, D/dx² of every buffer.</summary>
    public V* Rates => (V*)_memory.Start;

    /// <summary>Free calcium of a total.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Free(V* totals, V* free, int n)
    {
        V linear = Rates[0];
        for (int i = 0; i < n; i++)
        {
            free[i] = _buffers switch
            {
                0 => totals[i] / linear,
                1 => Closed(totals[i], linear, Rates[2], Rates[3]),
                _ => Newton(totals[i], linear),
            };
        }
    }

    /// <summary>From free calcium: ∂T/∂c, what diffuses over dx² (µM/s), and its slope (1/s).</summary>
    /// <param name="free">Free calcium [n]; the three others lie in the next planes.</param>
    /// <param name="n">Cells.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Derive(V* free, int n)
    {
        V* mass = free + Tile, what = mass + Tile, slope = what + Tile, r = Rates;
        for (int i = 0; i < n; i++)
        {
            V c = free[i], m = r[0], w = r[1] * c, by = r[1];
            for (int b = 0; b < _buffers; b++)
            {
                V k = r[3 + (3 * b)], share = 1 / (k + c), bound = r[2 + (3 * b)] * share, capacity = bound * (k * share);
                m = m + capacity;
                w = V.Fma(r[4 + (3 * b)], bound * c, w);
                by = V.Fma(r[4 + (3 * b)], capacity, by);
            }

            (mass[i], what[i], slope[i]) = (m, w, by);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Closed(V total, V linear, V b, V k)
    {
        V beta = (linear * k) + (b - total), product = 4 * (linear * (k * total));
        V root = V.Sqrt(V.Fma(beta, beta, product));
        return V.Less(V.All(0), beta, 2 * (k * total) / (beta + root), (root - beta) / (2 * linear)); // each where it does not cancel
    }

    private V Newton(V total, V linear)
    {
        V* r = Rates;
        V steepest = linear, most = V.All(0);
        for (int b = 0; b < _buffers; b++)
        {
            steepest = steepest + (r[2 + (3 * b)] / r[3 + (3 * b)]);
            most = most + r[2 + (3 * b)];
        }

        V c = Max(total / steepest, (total - most) / linear);
        for (int step = 0; step < NewtonSteps; step++)
        {
            V value = linear * c, slope = linear;
            for (int b = 0; b < _buffers; b++)
            {
                V k = r[3 + (3 * b)], share = 1 / (k + c), bound = r[2 + (3 * b)] * share;
                value = V.Fma(bound, c, value);
                slope = V.Fma(bound, k * share, slope);
            }

            c = c + ((total - value) / slope);
        }

        return c;
    }
}
