namespace CalciumSweep.Shared.Messages;

/// <summary>
/// Nothing of it counts any more: it is as if nobody had submitted it. Stays in the journal, so that sequence numbers go on.
/// </summary>
/// <param name="Id">Campaign id.</param>
/// <param name="Removals">How often its results were removed from the store, this time too: what came before is cut off.</param>
public sealed record CampaignDeleted(CampaignId Id, long Removals) : ICampaignEvent;
