using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Cable;

/// <summary>The cable at one lane width.</summary>
/// <typeparam name="V">The lane type.</typeparam>
internal sealed class CableSimulator<V>(CableModel model) : ISimulator
    where V : unmanaged, ILanes<V>
{
    private readonly BundleSimulator _bundles =
        new(model, V.Count, shape => new CableBundle<V>(model, sites: shape >> 12, cellsPerSite: shape & 4095));

    /// <inheritdoc/>
    public int Width => V.Count;

    /// <inheritdoc/>
    public void Run(ISimulationFeed feed) => _bundles.Run(feed);

    /// <inheritdoc/>
    public void Dispose() => _bundles.Dispose();
}
