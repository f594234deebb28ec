namespace CalciumSweep.Shared.Messages;

/// <summary>A fact of a campaign's journal. Never holds data of single simulations but those given up.</summary>
public interface ICampaignEvent : ICampaignMessage;
