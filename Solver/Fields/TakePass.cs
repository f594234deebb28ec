using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Fields;

/// <summary>New values from predictions and corrections, with the largest error and the smallest value.</summary>
/// <typeparam name="V">The lane type.</typeparam>
internal static unsafe class TakePass<V>
    where V : unmanaged, ILanes<V>
{
    private const int Tile = FieldMemory<V>.Tile;

    /// <summary>Takes over a pool: the error counts, as a ratio kept in two numbers (a division would cost more than all else).</summary>
    /// <param name="run">The tile.</param>
    /// <param name="variable">Variable.</param>
    /// <param name="trail">Where its correction stands in the trail.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Pool(CellRun<V>* run, int variable, int trail)
    {
        V* y = run->Y + (variable * Tile), t = run->Trail + trail;
        V top = run->Norm[0], bottom = run->Norm[1], lowest = run->Norm[3], absolute = run->Tolerance[0], relative = run->Tolerance[1];
        for (int i = 0; i < run->N; i++)
        {
            V star = y[i], e = *t, next = star + e, size = V.Abs(e), weight = V.Fma(relative, star, absolute);
            y[i] = next;
            lowest = V.Less(next, lowest, next, lowest);
            V mine = size * bottom, theirs = top * weight;
            (top, bottom) = (V.Less(theirs, mine, size, top), V.Less(theirs, mine, weight, bottom));
            t += run->TrailLength;
        }

        (run->Norm[0], run->Norm[1], run->Norm[3]) = (top, bottom, lowest);
    }

    /// <summary>Takes over a pool with instantaneous buffers: total calcium moves by the mass times the correction of free calcium.</summary>
    /// <param name="run">The tile.</param>
    /// <param name="variable">Variable.</param>
    /// <param name="trail">Where its correction stands in the trail.</param>
    /// <param name="side">Its side planes.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void RapidPool(CellRun<V>* run, int variable, int trail, V* side)
    {
        V* y = run->Y + (variable * Tile), t = run->Trail + trail;
        V top = run->Norm[0], bottom = run->Norm[1], lowest = run->Norm[3], absolute = run->Tolerance[0], relative = run->Tolerance[1];
        for (int i = 0; i < run->N; i++)
        {
            V e = *t, next = V.Fma(side[Tile + i], e, y[i]), size = V.Abs(e), weight = V.Fma(relative, side[i], absolute);
            y[i] = next;
            lowest = V.Less(next, lowest, next, lowest);
            V mine = size * bottom, theirs = top * weight;
            (top, bottom) = (V.Less(theirs, mine, size, top), V.Less(theirs, mine, weight, bottom));
            t += run->TrailLength;
        }

        (run->Norm[0], run->Norm[1], run->Norm[3]) = (top, bottom, lowest);
    }

    /// <summary>Takes over a mobile buffer or a store: its error is that of calcium.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Bound(CellRun<V>* run, int variable, int trail)
    {
        V* y = run->Y + (variable * Tile), t = run->Trail + trail;
        V lowest = run->Norm[3];
        for (int i = 0; i < run->N; i++)
        {
            V next = y[i] + *t;
            y[i] = next;
            lowest = V.Less(next, lowest, next, lowest);
            t += run->TrailLength;
        }

        run->Norm[3] = lowest;
    }
}
