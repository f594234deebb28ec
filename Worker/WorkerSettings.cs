namespace CalciumSweep.Worker;

/// <summary>How a worker computes.</summary>
/// <param name="Threads">Solver threads, ≥ 1.</param>
/// <param name="Width">Lanes of a simulator: 1, 2, 4 or 8.</param>
public sealed record WorkerSettings(int Threads, int Width)
{
    /// <summary>Finished simulations that wait for the store before the solver threads pause.</summary>
    public int MaxWaiting { get; init; } = 1 << 20;

    /// <summary>Work to hold for each thread: outlasts a round trip to the coordinator.</summary>
    public TimeSpan Prefetch { get; init; } = TimeSpan.FromSeconds(2);
}
