using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Fluxes;

/// <summary>Mechanisms of one pass, folded into a type so that the JIT writes one fused kernel for exactly them.</summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
/// <typeparam name="V">The lane type.</typeparam>
public unsafe interface IGroup<TSelf, V>
    where TSelf : unmanaged, IGroup<TSelf, V>
    where V : unmanaged, ILanes<V>
{
    /// <summary>Members.</summary>
    static abstract int Count { get; }

    /// <summary>Loads the members from <paramref name="member"/> on.</summary>
    /// <param name="rates">First parameter vector of each member [members].</param>
    /// <param name="member">Index of the first member.</param>
    static abstract TSelf Load(V** rates, int member);

    /// <summary>Adds the members' flows to the cell.</summary>
    void Flux<C>(ref C cell, int member)
        where C : struct, IGroupCell<V>;
}
