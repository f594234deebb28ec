namespace CalciumSweep.Shared.Results;

/// <summary>
/// Grains were begun before results of their campaign were removed (retry, delete): the store takes none of them, since what
/// replaces the removed ones may come out otherwise.
/// </summary>
/// <param name="campaign">The campaign.</param>
/// <param name="begun">Removals when the grains were begun.</param>
/// <param name="known">Removals that the store knows of.</param>
public sealed class OutdatedGrainsException(CampaignId campaign, long begun, long known)
    : Exception($"Grains of {campaign} were begun after {begun} removals of its results, and there have been {known}");
