namespace CalciumSweep.Shared.Messages;

/// <summary>No new leases.</summary>
/// <param name="Id">Campaign id.</param>
public sealed record CampaignPaused(CampaignId Id) : ICampaignEvent;
