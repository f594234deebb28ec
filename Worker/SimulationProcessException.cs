using CalciumSweep.Solver;

namespace CalciumSweep.Worker;

/// <summary>The process that computed a simulation ended before it was done.</summary>
public sealed class SimulationProcessException(string message) : CalciumSweepException(message);
