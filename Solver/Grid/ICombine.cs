using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Grid;

/// <summary>
/// What becomes of the rates of some states in one vector of cells: a struct is a choice, the JIT writes one kernel for each.
/// </summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
/// <typeparam name="V">The lane type.</typeparam>
internal unsafe interface ICombine<TSelf, V>
    where TSelf : struct, ICombine<TSelf, V>
    where V : unmanaged, ILanes<V>
{
    /// <summary>Number of the choice, from 0 to <see cref="Combination{V}.Choices"/> − 1.</summary>
    static abstract int Number { get; }

    /// <summary>Takes the coefficients over, for a row.</summary>
    static abstract TSelf Load(Combination<V>* k);

    /// <summary>Uses the rate of a state in cells <paramref name="i"/> and following, where its value was <paramref name="last"/>.</summary>
    void Use(PlaneRow* row, Combination<V>* k, int i, V last, V rate);

    /// <summary>After the last state.</summary>
    void Close(PlaneRow* row, Combination<V>* k, int i);
}
