namespace CalciumSweep.Shared.Spec;

/// <summary>One thing that is wrong, or doubtful, in a spec or scenario file.</summary>
/// <param name="Message">One sentence that starts with the path.</param>
/// <param name="Path">Place in the file's structure, e.g. <c>axes[1].values</c>; null for the file as a whole.</param>
/// <param name="Line">Line in the file, from 1.</param>
/// <param name="Column">Column in the file, from 1.</param>
/// <param name="Hint">The remedy.</param>
public sealed record SpecError(string Message, string? Path, int? Line, int? Column, string? Hint)
{
    /// <summary>As shown to a user: place, message, remedy.</summary>
    public override string ToString()
    {
        string place = Line is null ? "" : $"line {Line}, column {Column}: ";
        return Hint is null ? place + Message : $"{place}{Message}; {Hint}";
    }
}
