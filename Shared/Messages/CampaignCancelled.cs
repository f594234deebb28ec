namespace CalciumSweep.Shared.Messages;

/// <summary>Given up by its user.</summary>
/// <param name="Id">Campaign id.</param>
public sealed record CampaignCancelled(CampaignId Id) : ICampaignEvent;
