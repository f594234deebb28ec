namespace CalciumSweep.Shared.Messages;

/// <summary>What is to be computed? Answered by <see cref="CampaignSpec"/>; not at all if the campaign is unknown.</summary>
/// <param name="Id">Campaign id.</param>
public sealed record GetSpec(CampaignId Id) : ICampaignQuery;
