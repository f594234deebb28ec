using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>A few simulations, done on the calling thread; results by their position.</summary>
/// <param name="model">The model.</param>
/// <param name="simulations">Index of each = its position.</param>
/// <param name="stop">Ends it early.</param>
public sealed class SimulationQueue(Model model, IReadOnlyList<Simulation> simulations, CancellationToken stop) : ISimulationFeed
{
    private readonly List<Simulation> _waiting = [.. simulations];
    private readonly SimulationResult?[] _results = new SimulationResult?[simulations.Count];

    /// <summary>Results [simulations]; null for one that was not finished.</summary>
    public IReadOnlyList<SimulationResult?> Results => _results;

    /// <inheritdoc/>
    public bool Stopping => stop.IsCancellationRequested;

    /// <inheritdoc/>
    public bool TryNext(out Simulation simulation) => TryTake(0, out simulation);

    /// <inheritdoc/>
    public bool TryNext(int shape, out Simulation simulation) =>
        TryTake(_waiting.FindIndex(s => model.Shape(s.Parameters) == shape), out simulation);

    /// <inheritdoc/>
    public void Complete(Simulation simulation, in SimulationResult result) => _results[(int)simulation.Index] = result;

    /// <inheritdoc/>
    public bool Expired(Simulation simulation) => false;

    private bool TryTake(int at, out Simulation simulation)
    {
        bool any = at >= 0 && at < _waiting.Count;
        simulation = any ? _waiting[at] : null!;
        if (any)
        {
            _waiting.RemoveAt(at);
        }

        return any;
    }
}
