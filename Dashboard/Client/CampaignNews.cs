namespace CalciumSweep.Dashboard.Client;

/// <summary>An event: the counts of a campaign now.</summary>
/// <param name="Campaign">Id.</param>
/// <param name="Version">Grows with every change.</param>
/// <param name="State">Where it stands; <c>deleted</c> when it is gone.</param>
/// <param name="Simulations">Simulations asked for.</param>
/// <param name="Done">Simulations stored.</param>
/// <param name="Quarantined">Simulations given up.</param>
/// <param name="SimulationsPerSecond">Rate from the first lease.</param>
/// <param name="Outcomes">Counts by outcome name.</param>
/// <param name="RecentPerSecond">Rate of the last half minute.</param>
/// <param name="SecondsLeftLow">Lower end of the time left, s; null: not known.</param>
/// <param name="SecondsLeftHigh">Upper end.</param>
/// <param name="RateNote">Why the time left changed.</param>
public sealed record CampaignNews(
    string Campaign, long Version, string State, long Simulations, long Done, long Quarantined,
    double SimulationsPerSecond, IReadOnlyDictionary<string, long> Outcomes, double? RecentPerSecond,
    double? SecondsLeftLow, double? SecondsLeftHigh, string? RateNote);
