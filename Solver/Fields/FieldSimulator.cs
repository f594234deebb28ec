using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Fields;

/// <summary>Fields along a cable at one lane width.</summary>
/// <typeparam name="V">The lane type.</typeparam>
internal sealed class FieldSimulator<V>(FieldModel model) : ISimulator
    where V : unmanaged, ILanes<V>
{
    private readonly BundleSimulator _bundles = new(model, V.Count, cells => new FieldBundle<V>(model, cells));

    /// <inheritdoc/>
    public int Width => V.Count;

    /// <inheritdoc/>
    public void Run(ISimulationFeed feed) => _bundles.Run(feed);

    /// <inheritdoc/>
    public void Dispose() => _bundles.Dispose();
}
