using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Cable;

/// <summary>Constants of a kinetic buffer, one vector each.</summary>
/// <typeparam name="V">The lane type.</typeparam>
internal struct BufferRates<V>
    where V : unmanaged, ILanes<V>
{
    /// <summary>Total, µM; binding, 1/(µM s); unbinding, 1/s.</summary>
    public V Total, On, Off;

    /// <summary>Diffusion over dx², 1/s, and γ dt times that.</summary>
    public V Diffusion, TauDiffusion;

    /// <summary>√½ dt² times the rate of binding: what a step makes of a buffer that fills.</summary>
    public V Bend;
}
