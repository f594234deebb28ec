namespace CalciumSweep.Shared.Spec;

/// <summary>Spec file → plan, with every error of the file at once.</summary>
public static class SpecReader
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="SpecException">It is not a spec; each error has its place and a remedy.</exception>
    public static PlanReading Read(string path) => Parse(SpecFile.ReadText(path), path);

    /// <summary>Reads a text.</summary>
    /// <param name="text">The spec's YAML.</param>
    /// <param name="fileName">Where it came from: the default of <c>name</c>; scenario paths are tried relative to its folder first.</param>
    /// <exception cref="SpecException">It is not a spec; each error has its place and a remedy.</exception>
    public static PlanReading Parse(string text, string fileName)
    {
        var errors = new SpecErrors();
        return new SpecBinder(SpecText.Parse(text, errors), errors, fileName).Bind(text);
    }
}
