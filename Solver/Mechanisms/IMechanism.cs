using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Mechanisms;

/// <summary>
/// One flux law: what a mechanism file fulfils. It never loops over space, allocates, throws, branches on a lane,
/// reads a clock or draws random numbers; it speaks of pools and flows, so that calcium is conserved by construction.
/// </summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
/// <typeparam name="V">The lane type.</typeparam>
public interface IMechanism<TSelf, V>
    where TSelf : unmanaged, IMechanism<TSelf, V>
    where V : unmanaged, ILanes<V>
{
    /// <summary>Id, source, pools, flows, gates and parameters.</summary>
    static abstract MechanismInfo Info { get; }

    /// <summary>Reads its parameters and derives constants; once per bundle and at lane refill.</summary>
    static abstract TSelf Load(Rates<V> rates);

    /// <summary>Computes the flows of one cell. Implementations carry <c>AggressiveInlining</c> (2–6× otherwise).</summary>
    void Flux<C>(ref C cell)
        where C : struct, ICell<V>;
}
