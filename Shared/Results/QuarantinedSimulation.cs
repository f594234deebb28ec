namespace CalciumSweep.Shared.Results;

/// <summary>A simulation that was given up.</summary>
/// <param name="Simulation">Index in campaign order.</param>
/// <param name="Reason">Why.</param>
public sealed record QuarantinedSimulation(long Simulation, string Reason);
