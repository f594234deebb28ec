namespace CalciumSweep.Solver.Engine;

/// <summary>A simulator that keeps one bundle per shape it has met lately.</summary>
/// <param name="model">The model.</param>
/// <param name="width">Lanes.</param>
/// <param name="newBundle">Makes the bundle of a shape.</param>
internal sealed class BundleSimulator(Model model, int width, Func<int, Bundle> newBundle) : ISimulator
{
    private const int KeptBundles = 8;
    private readonly List<(int Shape, Bundle Bundle)> _bundles = [];

    /// <inheritdoc/>
    public int Width => width;

    /// <inheritdoc/>
    public void Run(ISimulationFeed feed)
    {
        while (!feed.Stopping && feed.TryNext(out Simulation first))
        {
            int shape = model.Shape(first.Parameters);
            BundleOf(shape).Run(feed, shape, first);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _bundles.ForEach(b => b.Bundle.Dispose());
        _bundles.Clear();
    }

    private Bundle BundleOf(int shape)
    {
        int at = _bundles.FindIndex(b => b.Shape == shape);
        var found = at >= 0 ? _bundles[at] : (shape, newBundle(shape));
        if (at >= 0)
        {
            _bundles.RemoveAt(at);
        }

        _bundles.Add(found);
        if (_bundles.Count > KeptBundles)
        {
            _bundles[0].Bundle.Dispose();
            _bundles.RemoveAt(0);
        }

        return found.Item2;
    }
}
