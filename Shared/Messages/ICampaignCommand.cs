namespace CalciumSweep.Shared.Messages;

/// <summary>Asks a campaign for a decision. Every command may arrive twice, late or never.</summary>
public interface ICampaignCommand : ICampaignMessage;
