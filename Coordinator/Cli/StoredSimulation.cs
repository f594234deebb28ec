using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>One simulation as it is stored.</summary>
/// <param name="Point">Index of its point.</param>
/// <param name="Replicate">Which repeat of the point.</param>
/// <param name="Outcome">Its verdict.</param>
/// <param name="Observables">Kept observables [observe]; NaN = not applicable; empty if they are not kept.</param>
public sealed record StoredSimulation(long Point, int Replicate, Outcome Outcome, double[] Observables);
