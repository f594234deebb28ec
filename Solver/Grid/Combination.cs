using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Grid;

/// <summary>Coefficients of a stage and what a pass found; in aligned memory, one per thread.</summary>
/// <typeparam name="V">The lane type: neighbouring cells of one simulation.</typeparam>
internal struct Combination<V>
    where V : unmanaged, ILanes<V>
{
    /// <summary>Coefficients of start, last stage, the stage before, rate of the last stage, rate at the start.</summary>
    public V OfStart, OfLast, OfBefore, OfRate, OfFirst;

    /// <summary>Tolerance of the state at hand: absolute and relative.</summary>
    public V Absolute, Relative;

    /// <summary>Largest error over tolerance, smallest value.</summary>
    public V Error, Lowest;
}
