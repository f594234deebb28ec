namespace CalciumSweep.Dashboard.Client;

/// <summary>A simulation that gave no result.</summary>
/// <param name="Simulation">Its index.</param>
/// <param name="Point">Its point.</param>
/// <param name="Replicate">Which repeat.</param>
/// <param name="Parameters">The point.</param>
/// <param name="State"><c>quarantined</c> or <c>failed</c>.</param>
/// <param name="Reason">Why.</param>
public sealed record FailedSimulation(
    long Simulation, long Point, int Replicate, IReadOnlyDictionary<string, double> Parameters,
    string State, string Reason);
