namespace CalciumSweep.Shared.Messages;

/// <summary>
/// A worker's whole truth: "I hold these; top me up to n". The lease table for that worker becomes this set.
/// Answered by <see cref="GrainsLeased"/>.
/// </summary>
/// <param name="Id">Campaign id.</param>
/// <param name="Worker">Who speaks.</param>
/// <param name="Statement">Grows with every statement of this worker: an older one that arrives late is ignored.</param>
/// <param name="Held">Every grain it has not had acknowledged: queued, in its lanes, waiting for the store, reported.</param>
/// <param name="TopUpTo">How many grains it wants to hold in all.</param>
public sealed record StateHolding(
    CampaignId Id, WorkerId Worker, long Statement, GrainSet Held, int TopUpTo) : ICampaignCommand
{
    /// <summary>Those of <see cref="Held"/> that it has not begun: they can be taken back.</summary>
    public GrainSet Queued { get; init; } = GrainSet.Empty;

    /// <summary>Its solver threads, ≥ 1.</summary>
    public int Slots { get; init; } = 1;

    /// <summary>Solver threads for which it holds nothing to do.</summary>
    public int Idle { get; init; }

    /// <summary>Core seconds that a grain costs it; 0 while it does not know.</summary>
    public double GrainSeconds { get; init; }

    /// <summary>True if it ends and hands back what it has not finished: nothing it held is to blame.</summary>
    public bool IsLeaving { get; init; }
}
