namespace CalciumSweep.Shared.Messages;

/// <summary>What a campaign answers or announces.</summary>
public interface ICampaignReply : ICampaignMessage;
