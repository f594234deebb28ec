using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;
using CalciumSweep.Solver.Mechanisms;

namespace CalciumSweep.Solver.Fluxes;

/// <summary>A group of one mechanism.</summary>
public readonly unsafe struct One<M, V>(M mechanism) : IGroup<One<M, V>, V>
    where M : unmanaged, IMechanism<M, V>
    where V : unmanaged, ILanes<V>
{
    private readonly M _mechanism = mechanism;

    /// <inheritdoc/>
    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 1;
    }

    /// <inheritdoc/>
    public static One<M, V> Load(V** rates, int member) => new(M.Load(new Rates<V>(M.Info, rates[member])));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Flux<C>(ref C cell, int member)
        where C : struct, IGroupCell<V>
    {
        cell.Turn(member);
        _mechanism.Flux(ref cell);
    }
}
