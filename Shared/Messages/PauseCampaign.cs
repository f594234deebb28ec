namespace CalciumSweep.Shared.Messages;

/// <summary>No new leases until resumed; what is held is finished.</summary>
/// <param name="Id">Campaign id.</param>
public sealed record PauseCampaign(CampaignId Id) : ICampaignCommand;
