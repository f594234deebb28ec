using CalciumSweep.Shared.Messages;

namespace CalciumSweep.Worker;

/// <summary>Grains that an earlier process computed and this one brought into the store.</summary>
/// <param name="Removals">How often results of their campaign had been removed when they were begun.</param>
/// <param name="Grains">What they came to.</param>
public sealed record RecoveredGrains(long Removals, IReadOnlyList<GrainCompletion> Grains);
