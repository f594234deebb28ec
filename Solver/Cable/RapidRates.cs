using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Cable;

/// <summary>
/// Constants of a rapid buffer, one vector each. The last of a medium stands for free calcium with all linear buffers: its
/// total is 1 + their capacities, its diffusion that of all of them per µM of free calcium.
/// </summary>
/// <typeparam name="V">The lane type.</typeparam>
internal struct RapidRates<V>
    where V : unmanaged, ILanes<V>
{
    /// <summary>Total and [Ca²⁺] of half-saturation, µM.</summary>
    public V Total, K;

    /// <summary>Diffusion over dx², 1/s.</summary>
    public V Diffusion;
}
