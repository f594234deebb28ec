using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Grid;

/// <summary>One loop over a row: a pool with diffusion and flows, and the calcium bound to all its buffers.</summary>
/// <typeparam name="V">The lane type: neighbouring cells of one simulation.</typeparam>
internal abstract unsafe class RowPass<V>
    where V : unmanaged, ILanes<V>
{
    private static readonly Type[] _open = [typeof(Line), typeof(Sheet), typeof(Box)];
    private static readonly Type[] _masked = [typeof(MaskedLine), typeof(MaskedSheet), typeof(MaskedBox)];

    /// <summary>The loop that is closed over these choices.</summary>
    /// <param name="combine">What becomes of rates, see <see cref="ICombine{TSelf, V}"/>.</param>
    /// <param name="dimensions">1, 2 or 3.</param>
    /// <param name="isMasked">True if weights of an outline are read.</param>
    /// <param name="isMobile">Of each buffer, in their order.</param>
    public static RowPass<V> Of(Type combine, int dimensions, bool isMasked, IReadOnlyList<bool> isMobile)
    {
        Type buffers = typeof(NoBuffers<V>);
        foreach (bool moves in isMobile.Reverse())
        {
            buffers = (moves ? typeof(ThenMobile<,>) : typeof(ThenStationary<,>)).MakeGenericType(typeof(V), buffers);
        }

        Type directions = (isMasked ? _masked : _open)[dimensions - 1];
        return (RowPass<V>)Activator.CreateInstance(typeof(PoolPass<,,,>).MakeGenericType(typeof(V), combine, directions, buffers))!;
    }

    /// <summary>Runs over cells 0 … n − 1.</summary>
    /// <param name="rows">The pool, and its buffers after it.</param>
    /// <param name="k">Coefficients, and what is found.</param>
    /// <param name="n">Cells, whole vectors.</param>
    public abstract void Run(PlaneRow* rows, Combination<V>* k, int n);
}
