using CalciumSweep.Shared.Results;

namespace CalciumSweep.Shared.Messages;

/// <summary>Published to all workers: on every change, and every few seconds while there is work to lease.</summary>
/// <param name="Id">Campaign id.</param>
/// <param name="Status">Where the campaign stands.</param>
public sealed record CampaignAnnounced(CampaignId Id, CampaignStatus Status) : ICampaignReply
{
    /// <summary>−10 … 10: its share of a worker's slots is in proportion to 2^priority.</summary>
    public int Priority { get; init; }
}
