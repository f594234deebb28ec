using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Grid;

/// <summary>
/// Differences between neighbouring cells. Each enters both cells that it lies between with the same bits and opposite sign,
/// so that calcium is conserved to rounding.
/// </summary>
internal static unsafe class RowDiffusion
{
    /// <summary>Rate of what diffuses in cells i and following, µM/s.</summary>
    /// <param name="row">The row.</param>
    /// <param name="i">First cell.</param>
    /// <param name="u">What diffuses, in these cells.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V, D>(PlaneRow* row, int i, V u)
        where V : unmanaged, ILanes<V>
        where D : struct, IDirections
    {
        double* p = row->U + i, w = row->W + i;
        if (row->Ahead > 0)
        {
            PlaneStore.Ask((D.Count > 2 ? row->Back : D.Count > 1 ? row->Down : p - i) + i + row->Ahead);
        }

        V left = Left(p, u) - u, right = Right(p, u) - u;
        if (D.IsMasked)
        {
            left = *(V*)(w - 1) * left;
            right = *(V*)(w + 1) * right;
        }

        V sum = V.All(row->X) * (left + right);
        if (D.Count > 1)
        {
            sum = Pair<V, D>(sum, u, row->Up + i, row->Down + i, row->WUp + i, row->WDown + i, row->ToUp, row->ToDown);
        }

        if (D.Count > 2)
        {
            sum = Pair<V, D>(sum, u, row->Front + i, row->Back + i, row->WFront + i, row->WBack + i, row->ToFront, row->ToBack);
        }

        return sum;
    }

    // A vector of a whole cache line that does not start on one is as dear as two: shifting it out of two lines is cheaper.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Left<V>(double* p, V u)
        where V : unmanaged, ILanes<V>
    {
        if (typeof(V) == typeof(Lane8) && Avx512F.IsSupported)
        {
            return Unsafe.BitCast<Vector512<long>, V>(
                Avx512F.AlignRight64(Unsafe.BitCast<V, Vector512<long>>(u), *(Vector512<long>*)(p - 8), 7));
        }

        return *(V*)(p - 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Right<V>(double* p, V u)
        where V : unmanaged, ILanes<V>
    {
        if (typeof(V) == typeof(Lane8) && Avx512F.IsSupported)
        {
            return Unsafe.BitCast<Vector512<long>, V>(
                Avx512F.AlignRight64(*(Vector512<long>*)(p + 8), Unsafe.BitCast<V, Vector512<long>>(u), 1));
        }

        return *(V*)(p + 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Pair<V, D>(V sum, V u, double* a, double* b, double* wa, double* wb, double toA, double toB)
        where V : unmanaged, ILanes<V>
        where D : struct, IDirections
    {
        V first = *(V*)a - u, second = *(V*)b - u;
        if (D.IsMasked)
        {
            first = *(V*)wa * first;
            second = *(V*)wb * second;
        }

        return V.Fma(V.All(toA), first, V.Fma(V.All(toB), second, sum));
    }
}
