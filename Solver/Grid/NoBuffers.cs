using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Grid;

/// <summary>The end of a list of buffers.</summary>
internal readonly unsafe struct NoBuffers<V> : IBuffers<V>
    where V : unmanaged, ILanes<V>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Bind<C, D>(ref C combine, PlaneRow* row, Combination<V>* k, int i, V c, V rate)
        where C : struct, ICombine<C, V>
        where D : struct, IDirections => rate;
}
