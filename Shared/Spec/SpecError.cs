namespace CalciumSweep.Shared.Spec;

/// <summary>One thing that is wrong with what a user wrote.</summary>
/// <param name="Message">One sentence.</param>
/// <param name="Path">File, or place in it.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
/// <param name="Hint">A remedy, e.g. the nearest valid name.</param>
public sealed record SpecError(string Message, string? Path, int? Line, int? Column, string? Hint);
