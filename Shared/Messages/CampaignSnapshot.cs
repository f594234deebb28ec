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
    IReadOnlyList<QuarantinedSimulation> Quarantined, TimeSpan WallTime) : ICampaignMessage;
