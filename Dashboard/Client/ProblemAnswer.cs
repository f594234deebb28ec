namespace CalciumSweep.Dashboard.Client;

/// <summary>A problem document (RFC 9457).</summary>
/// <param name="Title">In short.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Detail">Sentences.</param>
/// <param name="Errors">One by one.</param>
public sealed record ProblemAnswer(
    string? Title, int Status, string? Detail, IReadOnlyList<SpecProblem>? Errors);
