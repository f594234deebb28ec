using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;
using static CalciumSweep.Solver.Lanes.Elementary;

namespace CalciumSweep.Solver.Fields;

/// <summary>Gates: linear in themselves, so that the implicit step has a closed form at the predicted calcium.</summary>
/// <typeparam name="V">The lane type.</typeparam>
internal static unsafe class GatePass<V>
    where V : unmanaged, ILanes<V>
{
    /// <summary>Advances a tile of one gate: y ← (y* + d + s·gain)/(1 + s·loss).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Run(CellRun<V>* run, int variable, V* gain, V* loss)
    {
        V* y = run->Y + (variable * FieldMemory<V>.Tile), d = run->D + (variable * FieldMemory<V>.Tile);
        V s = *run->S, error = run->Norm[2], lowest = run->Norm[3];
        for (int i = 0; i < run->N; i++)
        {
            V star = y[i], next = V.Fma(s, gain[i], star + d[i]) / V.Fma(s, loss[i], V.All(1));
            y[i] = next;
            error = Max(error, V.Abs(next - star));
            lowest = V.Less(next, lowest, next, lowest);
        }

        (run->Norm[2], run->Norm[3]) = (error, lowest);
    }
}
