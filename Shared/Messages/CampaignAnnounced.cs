using CalciumSweep.Shared.Results;

namespace CalciumSweep.Shared.Messages;

/// <summary>Published to all workers: on every change, and every few seconds while there is work to lease.</summary>
/// <param name="Id">Campaign id.</param>
/// <param name="Status">Where the campaign stands.</param>
public sealed record CampaignAnnounced(CampaignId Id, CampaignStatus Status) : ICampaignReply;
