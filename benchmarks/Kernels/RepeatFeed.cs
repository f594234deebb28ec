using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Kernels;

/// <summary>Hands out the same simulation a number of times and keeps the last result.</summary>
internal sealed class RepeatFeed(Model model, double[] parameters, int count) : ISimulationFeed
{
    private readonly ulong _key = model.StreamKey(parameters, 1);
    private int _handedOut;

    /// <summary>The latest result.</summary>
    public SimulationResult Last { get; private set; }

    /// <summary>Simulations completed.</summary>
    public int Completed { get; private set; }

    /// <inheritdoc/>
    public bool Stopping => false;

    /// <inheritdoc/>
    public bool TryNext(out Simulation simulation)
    {
        simulation = new Simulation(parameters, _key, (uint)_handedOut);
        return _handedOut++ < count;
    }

    /// <inheritdoc/>
    public bool TryNext(int shape, out Simulation simulation) => TryNext(out simulation);

    /// <inheritdoc/>
    public void Complete(Simulation simulation, in SimulationResult result)
    {
        Last = result;
        Completed++;
    }

    /// <inheritdoc/>
    public bool Expired(Simulation simulation) => false;
}
