using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Grid;

/// <summary>Free calcium of a pool from its total: c + Σ B c/(K + c) = T.</summary>
internal static unsafe class RapidFree
{
    /// <summary>
    /// The left side is concave in c, so that Newton's method started left of the root stays left of it and converges;
    /// the number of rounds is fixed, and enough to leave only rounding.
    /// </summary>
    private const int Rounds = 24;

    /// <summary>A row.</summary>
    /// <param name="buffers">The rapid buffers of the pool.</param>
    /// <param name="total">Totals, µM [cells].</param>
    /// <param name="free">Receives free calcium, µM [cells].</param>
    /// <param name="n">Cells, whole vectors.</param>
    public static void Solve<V>(RapidBuffer[] buffers, double* total, double* free, int n)
        where V : unmanaged, ILanes<V>
    {
        for (int i = 0; i < n; i += V.Count)
        {
            V t = *(V*)(total + i);
            *(V*)(free + i) = buffers.Length == 1 ? One(buffers[0], t) : Several(buffers, t);
        }
    }

    /// <summary>What diffuses, D c + Σ D_b b, µM µm²/s.</summary>
    /// <param name="buffers">The rapid buffers of the pool.</param>
    /// <param name="diffusion">D of free calcium, µm²/s.</param>
    /// <param name="total">Totals, µM [cells].</param>
    /// <param name="potential">Receives D c + Σ D_b b [cells].</param>
    /// <param name="n">Cells, whole vectors.</param>
    public static void Potential<V>(RapidBuffer[] buffers, double diffusion, double* total, double* potential, int n)
        where V : unmanaged, ILanes<V>
    {
        Solve<V>(buffers, total, potential, n);
        for (int i = 0; i < n; i += V.Count)
        {
            V c = *(V*)(potential + i), sum = diffusion * c;
            foreach (RapidBuffer b in buffers)
            {
                sum = sum + ((b.Diffusion * b.Total) * (c / (b.K + c)));
            }

            *(V*)(potential + i) = sum;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V One<V>(RapidBuffer b, V t)
        where V : unmanaged, ILanes<V>
    {
        V q = (b.Total + b.K) - t, root = V.Sqrt((q * q) + ((4 * b.K) * t));
        return V.Less(V.All(0), q, (2 * b.K) * t / (q + root), 0.5 * (root - q)); // each form where it does not cancel
    }

    private static V Several<V>(RapidBuffer[] buffers, V t)
        where V : unmanaged, ILanes<V>
    {
        double most = 1;
        foreach (RapidBuffer b in buffers)
        {
            most += b.Total / b.K;
        }

        V c = (1 / most) * t;
        for (int round = 0; round < Rounds; round++)
        {
            V left = c - t, slope = V.All(1);
            foreach (RapidBuffer b in buffers)
            {
                V r = 1 / (b.K + c);
                left = left + (b.Total * (c * r));
                slope = slope + ((b.Total * b.K) * (r * r));
            }

            c = c - (left / slope);
        }

        return c;
    }
}
