using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Fields;

/// <summary>
/// The strongly coupled variables of a cell: calcium and its mobile kinetic buffers, m of them. Solves their
/// block-tridiagonal system by one sweep up and one down; the off-diagonal blocks are diagonal (diffusion).
/// </summary>
/// <typeparam name="V">The lane type.</typeparam>
internal unsafe interface IBlock<V>
    where V : unmanaged, ILanes<V>
{
    /// <summary>m.</summary>
    static abstract int Size { get; }

    /// <summary>Where the right-hand sides, later the corrections, stand in a cell's trail.</summary>
    static abstract int RightSide { get; }

    /// <summary>Vectors it needs in a cell's trail.</summary>
    static abstract int TrailLength { get; }

    /// <summary>Sets up and eliminates cells first…end−1 of a tile, left to right.</summary>
    /// <param name="run">The tile.</param>
    /// <param name="first">First cell.</param>
    /// <param name="end">Cell behind the last.</param>
    /// <param name="neighbours">Weight of a cell's own value in its diffusion: 2 inside; at an end 1 if nothing passes, 3 if it is clamped.</param>
    static abstract void Up<R>(CellRun<V>* run, int first, int end, V* neighbours)
        where R : struct, IRapid;

    /// <summary>Back substitution of a tile, right to left: the corrections replace the right-hand sides in the trail.</summary>
    static abstract void Down<R>(CellRun<V>* run)
        where R : struct, IRapid;
}
