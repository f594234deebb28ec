namespace CalciumSweep.Dashboard.Client;

/// <summary>One simulation of a point.</summary>
/// <param name="Replicate">Which repeat.</param>
/// <param name="Outcome">Its verdict.</param>
/// <param name="Reason">Why it failed.</param>
/// <param name="Observables">Its observables.</param>
public sealed record ReplicateAnswer(
    int Replicate, string? Outcome, string? Reason, IReadOnlyDictionary<string, double?> Observables);
