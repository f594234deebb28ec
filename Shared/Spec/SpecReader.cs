namespace CalciumSweep.Shared.Spec;

/// <summary>Placeholder.</summary>
public static class SpecReader
{
    /// <summary>Reads a file.</summary>
    public static PlanReading Read(string path) => throw new NotSupportedException(path);

    /// <summary>Reads text.</summary>
    public static PlanReading Parse(string text, string fileName) => throw new NotSupportedException(text + fileName);
}
