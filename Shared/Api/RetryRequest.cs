namespace CalciumSweep.Shared.Api;

/// <summary>Which quarantined simulations are computed again: all that either list names.</summary>
/// <param name="Reasons">All that are quarantined for one of these reasons; null: none.</param>
/// <param name="Simulations">Indices in campaign order; null: none.</param>
public sealed record RetryRequest(IReadOnlyList<string>? Reasons, IReadOnlyList<long>? Simulations);
