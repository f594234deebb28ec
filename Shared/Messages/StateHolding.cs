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
    CampaignId Id, WorkerId Worker, long Statement, GrainSet Held, int TopUpTo) : ICampaignCommand;
