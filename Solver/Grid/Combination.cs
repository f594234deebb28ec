using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Grid;

/// <summary>Coefficients of a stage and what a pass found; in aligned memory, one per thread.</summary>
/// <typeparam name="V">The lane type: neighbouring cells of one simulation.</typeparam>
internal struct Combination<V>
    where V : unmanaged, ILanes<V>
{
    /// <summary>How many <see cref="ICombine{TSelf, V}"/> there are.</summary>
    public const int Choices = 5;

    /// <summary>Coefficients of start, last stage, the stage before, rate of the last stage, rate at the start.</summary>
    public V OfStart, OfLast, OfBefore, OfRate, OfFirst;

    /// <summary>Relative tolerance.</summary>
    public V Relative;

    /// <summary>Largest error over tolerance, smallest value.</summary>
    public V Error, Lowest;
}
