using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Fluxes;

/// <summary>
/// Where a <see cref="FluxSet{V}"/> writes: one plane after the other, each <see cref="Stride"/> vectors long. Owned by
/// the caller. Flows are numbered as in <see cref="FluxSet{V}.Flows"/>, gates as in the model.
/// </summary>
/// <typeparam name="V">The lane type.</typeparam>
internal unsafe struct FluxPlanes<V>
    where V : unmanaged, ILanes<V>
{
    /// <summary>Flows, µM/s of the pool each goes into [flows × stride].</summary>
    public V* J;

    /// <summary>∂j/∂into and ∂j/∂from, 1/s [flows × stride]; unused if the set keeps no such slope.</summary>
    public V* ByInto, ByFrom;

    /// <summary>Gates: dx/dt = gain − loss·x, 1/s [gates × stride].</summary>
    public V* Gain, Loss;

    /// <summary>Vectors from one plane to the next.</summary>
    public int Stride;
}
