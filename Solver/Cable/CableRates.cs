using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Cable;

/// <summary>Constants of the fields, one vector each; kept in aligned native memory.</summary>
/// <typeparam name="V">The lane type.</typeparam>
internal struct CableRates<V>
    where V : unmanaged, ILanes<V>
{
    /// <summary>Diffusion over dx², 1/s: free calcium, mobile buffer, store.</summary>
    public V Free, Mobile, Store;

    /// <summary>Stationary buffer: total µM, on 1/(µM s), off 1/s.</summary>
    public V StationaryTotal, StationaryOn, StationaryOff;

    /// <summary>Mobile buffer: total µM, on 1/(µM s), off 1/s.</summary>
    public V MobileTotal, MobileOn, MobileOff;

    /// <summary>1/γ: cytosol volume over store volume.</summary>
    public V PerStore;

    /// <summary>1/(A dx), 1/µm³: per volume of a cell.</summary>
    public V PerCell;

    /// <summary>1/(γ A dx), 1/µm³: per store volume of a cell.</summary>
    public V PerStoreCell;

    /// <summary>Junction: 1/V_j 1/µm³, refill g_r µm³/s, calsequestrin total and K µM.</summary>
    public V PerJunction, Refill, CsqTotal, CsqK;

    /// <summary>Tolerance of free calcium in a step: of 1 µM plus the concentration.</summary>
    public V Tolerance;

    /// <summary>The step dt, s; γ dt and (1 − γ) dt; what the three diffusions and 1/γ_store make of γ dt.</summary>
    public V Dt, Tau, Rest, TauFree, TauMobile, TauStore, TauPerStore;

    /// <summary>√½ dt² times the rates of binding: what a step makes of buffers that fill.</summary>
    public V BendStationary, BendMobile;
}
