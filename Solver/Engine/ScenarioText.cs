using System.Globalization;
using System.Text;

namespace CalciumSweep.Solver.Engine;

/// <summary>The canonical text of a scenario: what of it can change a bit of a result.</summary>
internal static class ScenarioText
{
    /// <summary>Parts in file order with their options; names, summaries, sources, defaults and bounds do not enter.</summary>
    public static string Canonical(ScenarioDefinition scenario)
    {
        var text = new StringBuilder();
        foreach (PartDefinition part in scenario.Parts)
        {
            text.Append(CultureInfo.InvariantCulture, $"{part.Role}:{part.Name}={part.Use}");
            foreach (var (key, value) in part.Options.OrderBy(o => o.Key, StringComparer.Ordinal))
            {
                text.Append(CultureInfo.InvariantCulture, $";{key}={value}");
            }

            text.Append('\n');
        }

        return text.ToString();
    }
}
