namespace CalciumSweep.Shared.Messages;

/// <summary>Gives the campaign up; workers drop what they hold. What is stored stays.</summary>
/// <param name="Id">Campaign id.</param>
public sealed record CancelCampaign(CampaignId Id) : ICampaignCommand;
