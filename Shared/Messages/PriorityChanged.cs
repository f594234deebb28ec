namespace CalciumSweep.Shared.Messages;

/// <summary>Has another share of the workers from now on.</summary>
/// <param name="Id">Campaign id.</param>
/// <param name="Priority">−10 … 10.</param>
public sealed record PriorityChanged(CampaignId Id, int Priority) : ICampaignEvent;
