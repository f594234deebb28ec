using CalciumSweep.Shared.Results;

namespace CalciumSweep.Shared.Messages;

/// <summary>All that the journal said up to a sequence number. Leases are not in it: they are memory only.</summary>
/// <param name="Id">Campaign id.</param>
/// <param name="Submitted">How it began.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Completed">Grains completed.</param>
/// <param name="Tally">Their outcomes.</param>
/// <param name="Quarantined">Simulations given up.</param>
/// <param name="WallTime">Time spent from the first lease, over all sessions.</param>
public sealed record CampaignSnapshot(
    CampaignId Id, CampaignSubmitted Submitted, CampaignStatus Status, GrainSet Completed, Tally Tally,
    IReadOnlyList<QuarantinedSimulation> Quarantined, TimeSpan WallTime) : ICampaignMessage
{
    /// <summary>−10 … 10.</summary>
    public int Priority { get; init; }

    /// <summary>How often results of it were removed from the store: what was stored before does not count.</summary>
    public long Removals { get; init; }

    /// <summary>Grains that one worker at least fell silent with.</summary>
    public GrainSet Suspected { get; init; } = GrainSet.Empty;

    /// <summary>Grains that two workers at least fell silent with.</summary>
    public GrainSet Guarded { get; init; } = GrainSet.Empty;
}
