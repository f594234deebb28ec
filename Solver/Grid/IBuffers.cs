using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Grid;

/// <summary>The buffers of one pool, folded into a type so that the JIT writes one loop for the pool and all of them.</summary>
/// <typeparam name="V">The lane type.</typeparam>
internal unsafe interface IBuffers<V>
    where V : unmanaged, ILanes<V>
{
    /// <summary>Works out and combines what binds to each buffer, in cells i and following; returns what is left of the pool's rate.</summary>
    /// <param name="combine">What becomes of rates.</param>
    /// <param name="row">Row of the first buffer; the others follow.</param>
    /// <param name="k">Coefficients.</param>
    /// <param name="i">First cell.</param>
    /// <param name="c">Free calcium, µM.</param>
    /// <param name="rate">Rate of the pool so far, µM/s.</param>
    static abstract V Bind<C, D>(ref C combine, PlaneRow* row, Combination<V>* k, int i, V c, V rate)
        where C : struct, ICombine<C, V>
        where D : struct, IDirections;
}
