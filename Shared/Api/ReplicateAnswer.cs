namespace CalciumSweep.Shared.Api;

/// <summary>One simulation of a point.</summary>
/// <param name="Replicate">Which repeat.</param>
/// <param name="Outcome">Its verdict; null if the scenario has no classes.</param>
/// <param name="Reason">Why it failed; null if it did not.</param>
/// <param name="Observables">Its observables by name; null = not applicable. Empty if single simulations are not kept.</param>
public sealed record ReplicateAnswer(
    int Replicate, string? Outcome, string? Reason, IReadOnlyDictionary<string, double?> Observables);
