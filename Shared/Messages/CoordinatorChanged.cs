namespace CalciumSweep.Shared.Messages;

/// <summary>
/// A coordinator has read the journal and owns the campaign from here on. Changes nothing but the journal's number: whoever
/// owned it before and does not know of this can write no more.
/// </summary>
/// <param name="Id">Campaign id.</param>
public sealed record CoordinatorChanged(CampaignId Id) : ICampaignEvent;
