namespace CalciumSweep.Shared.Spec;

/// <summary>Placeholder.</summary>
public static class Quantity
{
    /// <summary>Reads a number with an optional unit.</summary>
    public static bool TryParse(string text, string unit, out double value, out string problem) =>
        throw new NotSupportedException(text + unit);
}
