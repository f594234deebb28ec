using CalciumSweep.Shared.Results;

namespace CalciumSweep.Shared.Messages;

/// <summary>Grains with quarantined simulations are to be computed again: they are not completed any more.</summary>
/// <param name="Id">Campaign id.</param>
/// <param name="Grains">The grains.</param>
/// <param name="Tally">Outcomes that they had: no longer counted.</param>
public sealed record QuarantineRetried(CampaignId Id, GrainSet Grains, Tally Tally) : ICampaignEvent;
