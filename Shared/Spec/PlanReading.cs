namespace CalciumSweep.Shared.Spec;

/// <summary>A spec file that was read without an error.</summary>
/// <param name="Plan">The spec laid out.</param>
/// <param name="Warnings">What is allowed but probably not meant.</param>
public sealed record PlanReading(Plan Plan, IReadOnlyList<SpecError> Warnings);
