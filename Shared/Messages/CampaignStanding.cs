using CalciumSweep.Shared.Results;

namespace CalciumSweep.Shared.Messages;

/// <summary>Where a campaign stands, from its journal.</summary>
/// <param name="Id">Campaign id.</param>
/// <param name="IsKnown">False if nobody submitted it; everything else is then empty.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Layout">How it is cut into grains; null if unknown.</param>
/// <param name="Completed">Number of grains completed.</param>
/// <param name="Tally">Outcomes of the grains completed.</param>
/// <param name="Quarantined">Simulations given up.</param>
/// <param name="WallTime">Time spent from the first lease, over all sessions.</param>
/// <param name="SessionTime">The same in this incarnation of the coordinator.</param>
/// <param name="Problem">Why it does not go on, in one sentence; null if nothing is wrong.</param>
public sealed record CampaignStanding(
    CampaignId Id, bool IsKnown, CampaignStatus Status, GrainLayout? Layout, long Completed, Tally Tally,
    long Quarantined, TimeSpan WallTime, TimeSpan SessionTime, string? Problem) : ICampaignReply
{
    /// <summary>−10 … 10: its share of a worker's slots is in proportion to 2^priority.</summary>
    public int Priority { get; init; }

    /// <summary>Grains that workers hold.</summary>
    public long Leased { get; init; }

    /// <summary>Workers that take part.</summary>
    public int Workers { get; init; }
}
