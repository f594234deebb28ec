using CalciumSweep.Shared.Results;

namespace CalciumSweep.Shared.Messages;

/// <summary>One grain whose results are in the store.</summary>
/// <param name="Grain">Index of the grain.</param>
/// <param name="Tally">Its outcomes (simulations that were given up are not counted).</param>
/// <param name="Quarantined">Its simulations that were given up, with reasons.</param>
public sealed record GrainCompletion(long Grain, Tally Tally, IReadOnlyList<QuarantinedSimulation> Quarantined);
