namespace CalciumSweep.Dashboard.Client;

/// <summary>Where a campaign stands.</summary>
/// <param name="Campaign">Id.</param>
/// <param name="State"><c>running</c>, <c>paused</c>, <c>completed</c> ….</param>
/// <param name="Points">Points asked for.</param>
/// <param name="Simulations">Simulations asked for.</param>
/// <param name="Done">Simulations stored.</param>
/// <param name="Quarantined">Simulations given up.</param>
/// <param name="Outcomes">Counts by outcome name.</param>
/// <param name="Digest">Digest of what is stored.</param>
/// <param name="WallSeconds">Time spent, s.</param>
/// <param name="SimulationsPerSecond">Rate from the first lease.</param>
/// <param name="CoreSeconds">Core time inside the solver, s.</param>
/// <param name="Problem">Why it does not go on.</param>
/// <param name="Priority">Its share of the workers is in proportion to 2^priority; null if it is done.</param>
/// <param name="Tags">Words to find it by.</param>
/// <param name="Note">What people say of it.</param>
public sealed record CampaignAnswer(
    string Campaign, string State, long Points, long Simulations, long Done, long Quarantined,
    IReadOnlyDictionary<string, long> Outcomes, string Digest, double WallSeconds,
    double SimulationsPerSecond, double CoreSeconds, string? Problem, int? Priority,
    IReadOnlyList<string>? Tags, string? Note)
{
    /// <summary>Share that is stored, 0…1.</summary>
    public double Share => Simulations == 0 ? 1 : (double)Done / Simulations;

    /// <summary>The same after an event.</summary>
    public CampaignAnswer With(CampaignNews news) => this with
    {
        State = news.State,
        Done = news.Done,
        Quarantined = news.Quarantined,
        Outcomes = news.Outcomes,
        SimulationsPerSecond = news.SimulationsPerSecond,
    };
}
