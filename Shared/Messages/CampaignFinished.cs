namespace CalciumSweep.Shared.Messages;

/// <summary>Every simulation is done or quarantined.</summary>
/// <param name="Id">Campaign id.</param>
public sealed record CampaignFinished(CampaignId Id) : ICampaignEvent;
