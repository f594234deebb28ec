namespace CalciumSweep.Shared.Api;

/// <summary>What a reader of events is told: that there is something new, and the counts.</summary>
/// <param name="Campaign">Id.</param>
/// <param name="Version">Grows with every change; starts again with the process.</param>
/// <param name="State">Where the campaign stands; <c>deleted</c> when it is gone.</param>
/// <param name="Simulations">Simulations asked for.</param>
/// <param name="Done">Simulations stored.</param>
/// <param name="Quarantined">Simulations given up.</param>
/// <param name="SimulationsPerSecond">Rate.</param>
/// <param name="Outcomes">Counts by outcome name.</param>
/// <param name="RecentPerSecond">Rate over the last half minute; null while it is not known.</param>
/// <param name="SecondsLeftLow">Lower end of the time left, s; null while it is not known.</param>
/// <param name="SecondsLeftHigh">Upper end of it, s.</param>
/// <param name="RateNote">Why the time left changed; null if it did not.</param>
public sealed record CampaignNews(
    string Campaign, long Version, string State, long Simulations, long Done, long Quarantined, double SimulationsPerSecond,
    IReadOnlyDictionary<string, long> Outcomes, double? RecentPerSecond, double? SecondsLeftLow, double? SecondsLeftHigh, string? RateNote)
{
    /// <summary>True if nothing that a reader sees has changed but the rate.</summary>
    public bool IsSame(CampaignNews other) => (State, Done, Quarantined) == (other.State, other.Done, other.Quarantined);
}
