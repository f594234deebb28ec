using System.Diagnostics;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.GridBenchmark;

/// <summary>Feeds the replicates of one point and times each.</summary>
internal sealed class ReplicateFeed(double[] parameters, ulong key, int replicates) : ISimulationFeed
{
    private int _next;
    private long _start;

    /// <summary>Results, in order of replicate.</summary>
    public SimulationResult[] Results { get; } = new SimulationResult[replicates];

    /// <summary>Seconds of each.</summary>
    public double[] Seconds { get; } = new double[replicates];

    /// <inheritdoc/>
    public bool Stopping => false;

    /// <inheritdoc/>
    public bool TryNext(out Simulation simulation)
    {
        _start = Stopwatch.GetTimestamp();
        simulation = new(parameters, key, (uint)_next) { Index = _next };
        return _next++ < replicates;
    }

    /// <inheritdoc/>
    public bool TryNext(int shape, out Simulation simulation) => TryNext(out simulation);

    /// <inheritdoc/>
    public void Complete(Simulation simulation, in SimulationResult result)
    {
        Results[simulation.Index] = result;
        Seconds[simulation.Index] = Stopwatch.GetElapsedTime(_start).TotalSeconds;
    }

    /// <inheritdoc/>
    public bool Expired(Simulation simulation) => false;
}
