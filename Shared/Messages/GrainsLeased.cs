using CalciumSweep.Shared.Results;

namespace CalciumSweep.Shared.Messages;

/// <summary>Answers <see cref="StateHolding"/>.</summary>
/// <param name="Id">Campaign id.</param>
/// <param name="Epoch">The coordinator's incarnation.</param>
/// <param name="Statement">Which statement this answers.</param>
/// <param name="Granted">Grains leased in addition to those stated; may be empty.</param>
/// <param name="Status">Where the campaign stands.</param>
public sealed record GrainsLeased(
    CampaignId Id, long Epoch, long Statement, GrainSet Granted, CampaignStatus Status) : ICampaignReply;
