namespace CalciumSweep.Shared.Messages;

/// <summary>Grains <paramref name="First"/> to <paramref name="End"/> − 1.</summary>
/// <param name="First">First grain, ≥ 0.</param>
/// <param name="End">One past the last grain, &gt; First.</param>
public readonly record struct GrainRange(long First, long End);
