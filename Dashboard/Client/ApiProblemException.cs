namespace CalciumSweep.Dashboard.Client;

/// <summary>The API said no.</summary>
public sealed class ApiProblemException : Exception
{
    /// <summary>With a problem document.</summary>
    public ApiProblemException(ProblemAnswer problem)
        : base(problem.Detail ?? problem.Title ?? $"HTTP {problem.Status}") => Problem = problem;

    /// <summary>What it said.</summary>
    public ProblemAnswer Problem { get; }
}
