using CalciumSweep.Shared.Spec;
using CalciumSweep.Solver;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>A server did not do what it was asked for.</summary>
/// <param name="errors">What it says, or what is said for it [≥ 1].</param>
/// <param name="exitCode">What the process ends with.</param>
public sealed class ServerException(IReadOnlyList<SpecError> errors, int exitCode) : CalciumSweepException(errors[0].Message)
{
    /// <summary>The errors as shown.</summary>
    public IReadOnlyList<SpecError> Errors { get; } = errors;

    /// <summary>What the process ends with.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>True if it may be back soon.</summary>
    public bool IsAway { get; init; }

    /// <summary>One error.</summary>
    public static ServerException Of(string message, string? hint, int exitCode) =>
        new([new(message, null, null, null, hint)], exitCode);
}
