namespace CalciumSweep.Shared.Api;

/// <summary>How a node is.</summary>
/// <param name="Status"><c>ok</c> or <c>unavailable</c>.</param>
/// <param name="Reason">Why it is not ok; null if it is.</param>
public sealed record HealthAnswer(string Status, string? Reason);
