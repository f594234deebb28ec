namespace CalciumSweep.Shared.Spec;

/// <summary>Past these a simulation is quarantined, with its reason.</summary>
/// <param name="Attempts">How often a simulation is tried before it is quarantined.</param>
/// <param name="WallTime">Wall-clock time one simulation may take.</param>
public sealed record Limits(int Attempts, TimeSpan WallTime)
{
    /// <summary>Three attempts of one minute each.</summary>
    public static Limits Default { get; } = new(3, TimeSpan.FromSeconds(60));
}
