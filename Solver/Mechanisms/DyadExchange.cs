using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Mechanisms;

/// <summary>
/// What release units that are simulated one by one exchange with the cell: the trigger enters from outside, release leaves the
/// junctional SR, and the network refills it. J₁ = trigger, J₂ = release, J₃ = refill, each a pool that the units write.
/// </summary>
public readonly struct DyadExchange<V> : IMechanism<DyadExchange<V>, V>
    where V : unmanaged, ILanes<V>
{
    private const int Trigger = 4, Release = 5, Refill = 6;

    /// <inheritdoc/>
    public static MechanismInfo Info { get; } = new("dyad.exchange", Source: "counted by the units; no law of its own")
    {
        Pools = ["cytosol", "outside", "junction", "sr", "trigger", "release", "refill"],
        Flows = [new(Into: "cytosol", From: "outside"), new(Into: "cytosol", From: "junction"), new(Into: "junction", From: "sr")],
        Parameters = [],
        CanBeBlocked = false,
    };

    /// <inheritdoc/>
    public static DyadExchange<V> Load(Rates<V> rates) => default;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Flux<C>(ref C cell)
        where C : struct, ICell<V>
    {
        V none = V.All(0);
        cell.Flow(0, cell.Pool(Trigger), none, none);
        cell.Flow(1, cell.Pool(Release), none, none);
        cell.Flow(2, cell.Pool(Refill), none, none);
    }
}
