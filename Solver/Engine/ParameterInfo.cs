namespace CalciumSweep.Solver.Engine;

/// <summary>One number a user can set or sweep.</summary>
/// <param name="Name">Full dotted name as typed in a spec, e.g. <c>serca.vmax</c>.</param>
/// <param name="Unit">Unit as shown, e.g. <c>µM/s</c>; <c>1</c> if it has none.</param>
/// <param name="Default">Value used when a spec is silent, in <paramref name="Unit"/>.</param>
/// <param name="Min">Smallest valid value (inclusive).</param>
/// <param name="Max">Largest valid value (inclusive).</param>
/// <param name="Meaning">What it is, in the field's words.</param>
/// <param name="Source">Where the default comes from.</param>
/// <param name="IsInteger">True if only whole numbers make sense (a count).</param>
public sealed record ParameterInfo(
    string Name, string Unit, double Default, double Min, double Max, string Meaning, string Source = "",
    bool IsInteger = false)
{
    // Shared, so that parameters without names compare equal.
    private static readonly Dictionary<string, double> _unnamed = new(StringComparer.Ordinal);

    /// <summary>Values that have a name, which a user may write instead, e.g. <c>unset</c>; empty for most parameters.</summary>
    public IReadOnlyDictionary<string, double> Words { get; init; } = _unnamed;

    /// <summary>The name of a value, or null.</summary>
    public string? WordOf(double value) => Words.FirstOrDefault(w => w.Value == value).Key;
}
