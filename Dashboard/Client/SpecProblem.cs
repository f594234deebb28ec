namespace CalciumSweep.Dashboard.Client;

/// <summary>What is wrong, and where.</summary>
/// <param name="Message">One sentence.</param>
/// <param name="Path">Key in the spec.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
/// <param name="Hint">A remedy.</param>
public sealed record SpecProblem(string Message, string? Path, int? Line, int? Column, string? Hint);
