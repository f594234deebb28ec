namespace CalciumSweep.Shared.Api;

/// <summary>How often something went wrong.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Count">Simulations.</param>
public sealed record FailureReason(string Reason, long Count);
