using CalciumSweep.Shared.Api;
using CalciumSweep.Shared.Spec;

namespace CalciumSweep.Client;

/// <summary>The API did not do what it was asked for, or did not answer.</summary>
/// <param name="problem">What it said, or what is said for it.</param>
/// <param name="cause">Why nobody answered; null if somebody did.</param>
public sealed class ApiProblemException(ProblemAnswer problem, Exception? cause = null) : Exception(problem.Detail, cause)
{
    /// <summary>What it said.</summary>
    public ProblemAnswer Problem { get; } = problem;

    /// <summary>True if nobody answered at all.</summary>
    public bool IsSilent { get; init; }

    /// <summary>True if what answered does not speak as this API does: another program, or a proxy in between.</summary>
    public bool IsForeign { get; init; }

    /// <summary>A problem of one sentence.</summary>
    /// <param name="status">HTTP status that it comes nearest to.</param>
    /// <param name="message">The sentence.</param>
    public static ProblemAnswer Sentence(int status, string message) =>
        new("", "", status, message, "", [new SpecError(message, null, null, null, null)]);
}
