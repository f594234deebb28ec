namespace CalciumSweep.Solver.Engine;

/// <summary>
/// Where a solver thread gets its simulations and leaves the results. Called from that one thread only.
/// Simulations finish in any order; a lane that ends is refilled at once through <see cref="TryNext(int, out Simulation)"/>.
/// </summary>
public interface ISimulationFeed
{
    /// <summary>True once the thread should stop: the simulator returns soon and leaves unfinished simulations undone.</summary>
    bool Stopping { get; }

    /// <summary>The next simulation, whatever its shape; false when there is none.</summary>
    bool TryNext(out Simulation simulation);

    /// <summary>The next simulation of the given <see cref="Model.Shape"/>, so that it can share a bundle; false when there is none now.</summary>
    bool TryNext(int shape, out Simulation simulation);

    /// <summary>A simulation is done.</summary>
    void Complete(Simulation simulation, in SimulationResult result);

    /// <summary>
    /// Asked at least every few thousand steps: true if this simulation has used up its wall-clock time.
    /// The simulator then drops it without a result; the feed decides what becomes of it.
    /// </summary>
    bool Expired(Simulation simulation);
}
