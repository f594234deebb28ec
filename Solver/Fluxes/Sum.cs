using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Fluxes;

/// <summary>Two groups, one after the other: the order fixes the rounding.</summary>
public readonly unsafe struct Sum<A, B, V>(A first, B second) : IGroup<Sum<A, B, V>, V>
    where A : unmanaged, IGroup<A, V>
    where B : unmanaged, IGroup<B, V>
    where V : unmanaged, ILanes<V>
{
    private readonly A _first = first;
    private readonly B _second = second;

    /// <inheritdoc/>
    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => A.Count + B.Count;
    }

    /// <inheritdoc/>
    public static Sum<A, B, V> Load(V** rates, int member) =>
        new(A.Load(rates, member), B.Load(rates, member + A.Count));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Flux<C>(ref C cell, int member)
        where C : struct, IGroupCell<V>
    {
        _first.Flux(ref cell, member);
        _second.Flux(ref cell, member + A.Count);
    }
}
