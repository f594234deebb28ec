namespace CalciumSweep.Solver.Engine;

/// <summary>What one simulation came to.</summary>
/// <param name="Outcome">The verdict.</param>
/// <param name="Reason">Why it failed, e.g. <c>NonFinite at t=3.21 s, site 812</c>; null unless <see cref="Outcome.Failed"/>.</param>
/// <param name="Observables">All observables of the model [observables], NaN = not applicable.</param>
/// <param name="Steps">Accepted time steps (or events, where a method has no steps).</param>
public readonly record struct SimulationResult(Outcome Outcome, string? Reason, double[] Observables, long Steps);
