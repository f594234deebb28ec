using CalciumSweep.Shared;

namespace CalciumSweep.Worker;

/// <summary>What happens on a worker, for the log.</summary>
/// <param name="Text">A sentence.</param>
public sealed record WorkerNote(string Text)
{
    /// <summary>Campaign that it is about; null: none, or several.</summary>
    public CampaignId? Campaign { get; init; }

    /// <summary>Grains that it is about; gone through only by who writes them down.</summary>
    public IEnumerable<long> Grains { get; init; } = [];

    /// <summary>How much it matters.</summary>
    public Weight Matters { get; init; } = Weight.Problem;

    /// <summary>How much a note matters.</summary>
    public enum Weight
    {
        /// <summary>It goes as it should.</summary>
        Detail,

        /// <summary>Something changes.</summary>
        Change,

        /// <summary>Something is wrong.</summary>
        Problem,
    }
}
