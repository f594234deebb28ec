namespace CalciumSweep.Shared.Messages;

/// <summary>Where does it stand? Answered by <see cref="CampaignStanding"/>.</summary>
/// <param name="Id">Campaign id.</param>
public sealed record GetStanding(CampaignId Id) : ICampaignQuery;
