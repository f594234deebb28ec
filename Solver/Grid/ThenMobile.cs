using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Grid;

/// <summary>A mobile buffer, and the others.</summary>
/// <typeparam name="V">The lane type.</typeparam>
/// <typeparam name="B">The others.</typeparam>
internal readonly unsafe struct ThenMobile<V, B> : IBuffers<V>
    where V : unmanaged, ILanes<V>
    where B : struct, IBuffers<V>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Bind<C, D>(ref C combine, PlaneRow* row, Combination<V>* k, int i, V c, V rate)
        where C : struct, ICombine<C, V>
        where D : struct, IDirections
    {
        V u = *(V*)(row->U + i), binds = V.Fma(V.All(row->On) * (V.All(row->Total) - u), c, -(V.All(row->Off) * u));
        V change = binds + RowDiffusion.Of<V, D>(row, i, u);
        combine.Use(row, k, i, u, D.IsMasked ? *(V*)(row->Inside + i) * change : change);
        return B.Bind<C, D>(ref combine, row + 1, k, i, c, rate - binds);
    }
}
