namespace CalciumSweep.Shared.Spec;

/// <summary>A spec that was read.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Warnings">What is odd but not wrong.</param>
public sealed record PlanReading(Plan Plan, IReadOnlyList<SpecError> Warnings);
