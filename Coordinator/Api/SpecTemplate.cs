using System.Globalization;
using System.Text;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Coordinator.Api;

/// <summary>A spec to begin with: two axes, and every parameter with unit, bounds and source as a comment.</summary>
internal static class SpecTemplate
{
    private const int AxisPoints = 17;

    /// <summary>For a scenario.</summary>
    public static string Of(Model model)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"# {model.Summary}");
        text.AppendLine(CultureInfo.InvariantCulture, $"name: my-{model.Scenario}");
        text.AppendLine(CultureInfo.InvariantCulture, $"scenario: {model.Scenario}");
        text.AppendLine("axes:");
        foreach (ParameterInfo p in model.Parameters.Where(p => p.Default > 0 && p.Default < p.Max && !p.Name.StartsWith("mesh", StringComparison.Ordinal)).Take(2))
        {
            double from = Math.Max(p.Min, p.Default / 2), to = Math.Min(p.Max, p.Default * 2);
            text.AppendLine(CultureInfo.InvariantCulture, $"  - {{ parameter: {p.Name}, from: {from:G4}, to: {to:G4}, points: {AxisPoints} }}   # {Unit(p)}");
        }

        text.AppendLine("sampling: grid");
        text.AppendLine(CultureInfo.InvariantCulture, $"replicates: {(model.IsStochastic ? 8 : 1)}");
        text.AppendLine("seed: 1");
        text.AppendLine(CultureInfo.InvariantCulture, $"observe: [{string.Join(", ", model.DefaultObservables)}]");
        text.AppendLine("# Fixed parameters; those that are not named have the value shown here.");
        text.AppendLine("set: {}");
        foreach (ParameterInfo p in model.Parameters)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"#  {p.Name}: {p.Default:G6}   # {Unit(p)}, {p.Min:G6} … {p.Max:G6}: {p.Meaning}{(p.Source.Length == 0 ? "" : $" ({p.Source})")}");
        }

        return text.ToString();
    }

    private static string Unit(ParameterInfo p) => p.Unit == "1" ? "no unit" : p.Unit;
}
