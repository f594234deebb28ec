namespace CalciumSweep.Shared.Api;

/// <summary>How often something went wrong.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Count">Simulations.</param>
/// <param name="Quarantined">How many of them are quarantined, and can be retried.</param>
public sealed record FailureReason(string Reason, long Count, long Quarantined);
