using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Grid;

/// <summary>The loop over a row of a gate: gain − loss·x.</summary>
internal static unsafe class GatePass<V, C>
    where V : unmanaged, ILanes<V>
    where C : struct, ICombine<C, V>
{
    /// <summary>Runs over cells 0 … n − 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(PlaneRow* row, Combination<V>* k, int n, double* gain, double* loss)
    {
        double* x = row->U, inside = row->Inside;
        C combine = C.Load(k);
        for (int i = 0; i < n; i += V.Count)
        {
            V value = *(V*)(x + i);
            combine.Use(row, k, i, value, *(V*)(inside + i) * (*(V*)(gain + i) - (*(V*)(loss + i) * value)));
            combine.Close(row, k, i);
        }
    }
}
