namespace CalciumSweep.Shared.Results;

/// <summary>What a user is told of a campaign.</summary>
/// <param name="Id">Campaign id.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Points">Points asked for.</param>
/// <param name="Simulations">Simulations asked for.</param>
/// <param name="Done">Simulations stored.</param>
/// <param name="Simulated">Simulations computed and stored in this process's lifetime.</param>
/// <param name="Cached">Simulations that were stored before: done − simulated.</param>
/// <param name="Quarantined">Simulations given up.</param>
/// <param name="Tally">Outcomes of what is stored.</param>
/// <param name="Digest">Order-free digest over what is stored, <c>sha256:</c> and 64 hex digits.</param>
/// <param name="WallSeconds">Time spent from the first lease, over all sessions.</param>
/// <param name="SimulationsPerSecond">Rate in this process, from its first lease.</param>
/// <param name="CoreSeconds">Core time spent inside the solver on what is stored.</param>
/// <param name="Problem">Why it does not go on, in one sentence; null if nothing is wrong.</param>
public sealed record CampaignView(
    CampaignId Id, CampaignStatus State, long Points, long Simulations, long Done, long Simulated, long Cached,
    long Quarantined, Tally Tally, string Digest, double WallSeconds, double SimulationsPerSecond, double CoreSeconds,
    string? Problem)
{
    /// <summary>−10 … 10: its share of the workers is in proportion to 2^priority; null if nobody who knows it was asked.</summary>
    public int? Priority { get; init; }
}
