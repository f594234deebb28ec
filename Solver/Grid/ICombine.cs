using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Grid;

/// <summary>What becomes of a rate: a struct is a choice, the JIT writes one kernel for each.</summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
/// <typeparam name="V">The lane type.</typeparam>
internal unsafe interface ICombine<TSelf, V>
    where TSelf : unmanaged, ICombine<TSelf, V>
    where V : unmanaged, ILanes<V>
{
    /// <summary>Takes the addresses of a row over.</summary>
    static abstract TSelf Load(PlaneRow* row);

    /// <summary>Uses the rate of the vector at cell <paramref name="i"/>.</summary>
    void Use(Combination<V>* k, int i, V rate);
}
