namespace CalciumSweep.Shared.Messages;

/// <summary>Leases again.</summary>
/// <param name="Id">Campaign id.</param>
public sealed record CampaignResumed(CampaignId Id) : ICampaignEvent;
