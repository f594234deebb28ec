using System.Text.Json.Serialization;

namespace CalciumSweep.Shared.Api;

/// <summary>Where a campaign stands, as <c>run</c>, <c>status</c>, <c>list</c> and the API tell it (contract §3).</summary>
/// <param name="Campaign">Id.</param>
/// <param name="State"><c>running</c>, <c>paused</c>, <c>completed</c>, <c>cancelled</c>, <c>failed</c> or <c>interrupted</c>.</param>
/// <param name="Points">Points asked for.</param>
/// <param name="Simulations">Simulations asked for.</param>
/// <param name="Done">Simulations stored.</param>
/// <param name="Simulated">Of these: computed in this process, or in all of them if nobody computes now.</param>
/// <param name="Cached">Done − simulated.</param>
/// <param name="Quarantined">Simulations given up.</param>
/// <param name="Outcomes">Counts by outcome name: those that apply, and any other that was counted.</param>
/// <param name="Digest">Order-free digest over what is stored.</param>
/// <param name="WallSeconds">Time spent from the first lease, over all sessions, s.</param>
/// <param name="SimulationsPerSecond">Rate, from the first lease.</param>
/// <param name="CoreSeconds">Core time inside the solver, s.</param>
/// <param name="Store">Kind of store.</param>
public sealed record CampaignAnswer(
    string Campaign, string State, long Points, long Simulations, long Done, long Simulated, long Cached, long Quarantined,
    IReadOnlyDictionary<string, long> Outcomes, string Digest, double WallSeconds, double SimulationsPerSecond,
    double CoreSeconds, string Store)
{
    /// <summary>−10 … 10: its share of the workers is in proportion to 2^priority; absent if it is done, or no coordinator was asked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Priority { get; init; }

    /// <summary>Words to find it by; absent if there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>What people say of it; absent if nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Note { get; init; }

    /// <summary>Why it does not go on, in one sentence; absent if nothing is wrong.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Problem { get; init; }

    /// <summary>True while it is computed.</summary>
    [JsonIgnore]
    public bool IsRunning => State == "running";

    /// <summary>Share that is stored, 0…1.</summary>
    [JsonIgnore]
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
