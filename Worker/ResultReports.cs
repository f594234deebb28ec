using CalciumSweep.Shared;

namespace CalciumSweep.Worker;

/// <summary>What the writer of results has to tell beside that something is stored. Called from its threads.</summary>
internal sealed record ResultReports
{
    /// <summary>Nobody listens.</summary>
    public static ResultReports None { get; } = new();

    /// <summary>What happens, for the log.</summary>
    public Action<WorkerNote> Log { get; init; } = _ => { };

    /// <summary>
    /// The store will never take these results (the campaign was deleted, or cut otherwise), for this reason: they are
    /// dropped.
    /// </summary>
    public Action<CampaignWork, string> Refused { get; init; } = (_, _) => { };

    /// <summary>
    /// These grains are not done: they were damaged on the disk before the store had them, or begun before results of their
    /// campaign were removed.
    /// </summary>
    public Action<CampaignWork, IReadOnlyList<long>> Lost { get; init; } = (_, _) => { };

    /// <summary>An earlier process computed these grains; the store has them now, and nobody was told.</summary>
    public Action<CampaignId, RecoveredGrains> Recovered { get; init; } = (_, _) => { };
}
