using CalciumSweep.Solver;

namespace CalciumSweep.Shared.Spec;

/// <summary>A spec or scenario file that cannot be used.</summary>
/// <param name="errors">Everything that is wrong with it, in the order found [≥ 1].</param>
public sealed class SpecException(IReadOnlyList<SpecError> errors) : CalciumSweepException(string.Join('\n', errors))
{
    /// <summary>All errors of the file at once.</summary>
    public IReadOnlyList<SpecError> Errors { get; } = errors;
}
