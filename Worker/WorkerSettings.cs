namespace CalciumSweep.Worker;

/// <summary>How a worker computes.</summary>
/// <param name="Threads">Solver threads, ≥ 1.</param>
/// <param name="Width">Lanes of a simulator: 1, 2, 4 or 8.</param>
public sealed record WorkerSettings(int Threads, int Width)
{
    /// <summary>Finished simulations that wait for the store before the solver threads pause.</summary>
    public int MaxWaiting { get; init; } = 1 << 20;

    /// <summary>Work to hold for each thread: outlasts a coordinator that dies and comes back (25–50 s), and a minute without the database.</summary>
    public TimeSpan Prefetch { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>Folder where results wait on the disk while the store is away; null keeps them in memory alone.</summary>
    public string? SpillFolder { get; init; }

    /// <summary>Bytes that may wait there.</summary>
    public long MaxSpill { get; init; } = 4L << 30;

    /// <summary>
    /// File of the grains that are being computed, for a process that is alone on its folder: what it dies with, the next
    /// one computes in a process of its own. Null: a coordinator elsewhere knows what this one died with.
    /// </summary>
    public string? BegunFile { get; init; }

    /// <summary>Told what happens to results.</summary>
    public Action<WorkerNote> Log { get; init; } = _ => { };

    /// <summary>Where grains are computed that workers died with; null computes them here.</summary>
    public IGuard? Guard { get; init; }
}
