using CalciumSweep.Solver;

namespace CalciumSweep.Shared.Spec;

/// <summary>All errors of a file at once.</summary>
/// <param name="errors">At least one.</param>
public sealed class SpecException(IReadOnlyList<SpecError> errors)
    : CalciumSweepException(string.Join("; ", errors.Select(e => e.Message)))
{
    /// <summary>Everything that is wrong.</summary>
    public IReadOnlyList<SpecError> Errors { get; } = errors;
}
