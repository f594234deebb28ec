using CalciumSweep.Shared;

namespace CalciumSweep.Worker;

/// <summary>What happens to results, for the log.</summary>
/// <param name="Text">A sentence.</param>
public sealed record WorkerNote(string Text)
{
    /// <summary>Campaign that it is about; null: none, or several.</summary>
    public CampaignId? Campaign { get; init; }

    /// <summary>Grains that it is about.</summary>
    public IReadOnlyList<long> Grains { get; init; } = [];

    /// <summary>True for what goes as it should.</summary>
    public bool IsDetail { get; init; }
}
