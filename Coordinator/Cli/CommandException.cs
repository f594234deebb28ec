using CalciumSweep.Shared.Spec;
using CalciumSweep.Solver;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>A command cannot do what it was asked for.</summary>
/// <param name="message">One sentence.</param>
/// <param name="hint">A remedy.</param>
/// <param name="exitCode">What the process ends with.</param>
public sealed class CommandException(string message, string? hint = null, int exitCode = ExitCode.BadInput)
    : CalciumSweepException(message)
{
    /// <summary>The error as shown.</summary>
    public SpecError Error { get; } = new(message, null, null, null, hint);

    /// <summary>What the process ends with.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>True if the command is right in itself, but not as things stand now: the API says 409.</summary>
    public bool IsConflict { get; init; }
}
