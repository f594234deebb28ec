namespace CalciumSweep.Shared.Api;

/// <summary>A campaign is gone.</summary>
/// <param name="Campaign">Its id.</param>
/// <param name="Deleted">True.</param>
public sealed record CampaignRemoval(string Campaign, bool Deleted);
