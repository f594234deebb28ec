namespace CalciumSweep.Coordinator.Api;

/// <summary>A campaign is gone.</summary>
/// <param name="Campaign">Its id.</param>
/// <param name="Deleted">True.</param>
internal sealed record CampaignRemoval(string Campaign, bool Deleted);
