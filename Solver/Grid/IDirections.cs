namespace CalciumSweep.Solver.Grid;

/// <summary>Along which directions a state diffuses, and whether weights of a mask apply: choices that the JIT folds.</summary>
internal interface IDirections
{
    /// <summary>Number of directions, 0 to 3: x, then y, then z.</summary>
    static abstract int Count { get; }

    /// <summary>True if weights are read.</summary>
    static abstract bool IsMasked { get; }
}
