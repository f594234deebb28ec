namespace CalciumSweep.Shared.Messages;

/// <summary>How a worker is.</summary>
/// <param name="Worker">Its name.</param>
/// <param name="Threads">Solver threads.</param>
/// <param name="Busy">Of these: at work now.</param>
/// <param name="Lanes">Lanes of each.</param>
/// <param name="SolverSeconds">Core time inside the solver since it started, s.</param>
/// <param name="Simulations">Simulations computed and stored since it started.</param>
/// <param name="Campaigns">What it works on.</param>
public sealed record WorkerReport(
    WorkerId Worker, int Threads, int Busy, int Lanes, double SolverSeconds, long Simulations, IReadOnlyList<CampaignId> Campaigns)
    : IWorkerMessage
{
    /// <summary>True once it was told to take nothing more.</summary>
    public bool IsDrained { get; init; }

    /// <summary>Grains that are leased to it and not stored: queued or begun.</summary>
    public long Leased { get; init; }

    /// <summary>Version of its program; empty if it is too old to say.</summary>
    public string Version { get; init; } = "";
}
