namespace CalciumSweep.Shared.Messages;

/// <summary>
/// Nothing of it counts any more: it is as if nobody had submitted it. Stays in the journal, so that sequence numbers go on.
/// </summary>
/// <param name="Id">Campaign id.</param>
public sealed record CampaignDeleted(CampaignId Id) : ICampaignEvent;
