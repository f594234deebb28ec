namespace CalciumSweep.Shared.Messages;

/// <summary>Asks a campaign what it knows; changes nothing.</summary>
public interface ICampaignQuery : ICampaignMessage;
