namespace CalciumSweep.Shared.Messages;

/// <summary>Leases again.</summary>
/// <param name="Id">Campaign id.</param>
public sealed record ResumeCampaign(CampaignId Id) : ICampaignCommand;
