using System.Text.RegularExpressions;

namespace CalciumSweep.Dashboard;

/// <summary>Which scenario a spec names, while it is written and may not be YAML yet.</summary>
public static partial class SpecScenario
{
    /// <summary>The name; empty if there is none.</summary>
    public static string NameIn(string spec) => Line().Match(spec).Groups["name"].Value;

    [GeneratedRegex("""^scenario:\s*["']?(?<name>[\w-]+)""", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Line();
}
