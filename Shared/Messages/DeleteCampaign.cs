namespace CalciumSweep.Shared.Messages;

/// <summary>Removes a campaign with all its results. Answered by <see cref="CampaignStanding"/>, then unknown.</summary>
/// <param name="Id">Campaign id.</param>
public sealed record DeleteCampaign(CampaignId Id) : ICampaignCommand;
