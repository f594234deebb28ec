using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Compartment;

/// <summary>The compartment at one lane width.</summary>
/// <typeparam name="V">The lane type.</typeparam>
internal sealed class CompartmentSimulator<V>(CompartmentModel model) : ISimulator
    where V : unmanaged, ILanes<V>
{
    private readonly BundleSimulator _bundles = new(model, V.Count, _ => new CompartmentBundle<V>(model));

    /// <inheritdoc/>
    public int Width => V.Count;

    /// <inheritdoc/>
    public void Run(ISimulationFeed feed) => _bundles.Run(feed);

    /// <inheritdoc/>
    public void Dispose() => _bundles.Dispose();
}
