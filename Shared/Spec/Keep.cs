namespace CalciumSweep.Shared.Spec;

/// <summary>What the store keeps of each simulation.</summary>
public enum Keep
{
    /// <summary>Every simulation's outcome and observables.</summary>
    Simulations,

    /// <summary>Counts and sums per point only (the default above 10⁷ simulations).</summary>
    Points,
}
