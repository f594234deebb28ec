using CalciumSweep.Shared.Spec;

namespace CalciumSweep.Shared.Api;

/// <summary>What went wrong with a request, in the form of RFC 9457, with the errors that the command line would show.</summary>
/// <param name="Type">Kind of problem.</param>
/// <param name="Title">The kind in words.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Detail">What is wrong this time.</param>
/// <param name="Instance">Path of the request.</param>
/// <param name="Errors">One by one, each with place and remedy.</param>
public sealed record ProblemAnswer(
    string Type, string Title, int Status, string Detail, string Instance, IReadOnlyList<SpecError> Errors)
{
    /// <summary>Its media type.</summary>
    public const string MediaType = "application/problem+json";
}
