namespace CalciumSweep.Shared.Results;

/// <summary>Everything the store keeps of one finished grain.</summary>
/// <param name="Grain">Index of the grain.</param>
/// <param name="Outcomes">Outcome of each simulation, in campaign order; null for one that is quarantined [simulations].</param>
/// <param name="Reasons">Reason of each failed simulation, by position in the grain.</param>
/// <param name="Observables">Kept observables [simulations × observe], row-major; NaN = not applicable.</param>
/// <param name="Steps">Steps of each simulation [simulations].</param>
/// <param name="CoreSeconds">Core time spent on it.</param>
public sealed record GrainResult(
    long Grain, IReadOnlyList<Solver.Engine.Outcome?> Outcomes, IReadOnlyDictionary<int, string> Reasons,
    double[] Observables, long[] Steps, double CoreSeconds)
{
    /// <summary>How often results of its campaign had been removed when it was begun; no part of what is stored.</summary>
    public long Removals { get; init; }
}
