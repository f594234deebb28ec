namespace CalciumSweep.Shared.Api;

/// <summary>A simulation that gave no result.</summary>
/// <param name="Simulation">Its index in campaign order.</param>
/// <param name="Point">Index of its point.</param>
/// <param name="Replicate">Which repeat of the point.</param>
/// <param name="Parameters">The point's value on every axis.</param>
/// <param name="State"><c>quarantined</c> (can be retried) or <c>failed</c> (a verdict, the same every time).</param>
/// <param name="Reason">Why.</param>
public sealed record FailedSimulation(
    long Simulation, long Point, int Replicate, IReadOnlyDictionary<string, double> Parameters, string State, string Reason);
