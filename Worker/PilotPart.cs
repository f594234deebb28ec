namespace CalciumSweep.Worker;

/// <summary>Every so-manieth of the pilot points.</summary>
/// <param name="Number">0 … Parts − 1.</param>
/// <param name="Parts">How many parts there are, ≥ 1.</param>
internal readonly record struct PilotPart(int Number, int Parts)
{
    /// <summary>All points.</summary>
    public static PilotPart All { get; } = new(0, 1);
}
