using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Compartment;

/// <summary>What one step tried leaves behind: the state at its end, fluxes and derivatives at both ends.</summary>
/// <typeparam name="V">The lane type.</typeparam>
internal unsafe struct StepPlanes<V>
    where V : unmanaged, ILanes<V>
{
    /// <summary>State at the end [variables].</summary>
    public V* Next;

    /// <summary>Derivatives at the start and at the end [variables].</summary>
    public V* Before, After;

    /// <summary>Fluxes at the start and at the end [fluxes].</summary>
    public V* FluxBefore, FluxAfter;
}
