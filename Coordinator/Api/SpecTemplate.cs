using System.Globalization;
using System.Text;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Coordinator.Api;

/// <summary>A spec to begin with: two axes, and every parameter with unit, bounds and source as a comment.</summary>
internal static class SpecTemplate
{
    private const int AxisPoints = 17, MostCandidates = 6;

    /// <summary>For a scenario: over the first two parameters that make a spec which holds.</summary>
    public static string Of(Model model)
    {
        ParameterInfo[] candidates =
        [
            .. model.Parameters.Where(p => !p.IsInteger && p.Default > 0 && p.Default < p.Max && !p.Name.StartsWith("mesh", StringComparison.Ordinal)).Take(MostCandidates),
        ];
        string[] texts =
        [
            .. candidates.SelectMany((x, i) => candidates.Skip(i + 1).Select(y => Of(model, [x, y]))), .. candidates.Select(x => Of(model, [x])), Of(model, []),
        ];
        return texts.FirstOrDefault(Holds) ?? texts[^1];
    }

    private static bool Holds(string text)
    {
        try
        {
            SpecReader.Parse(text, "template.yaml");
            return true;
        }
        catch (SpecException)
        {
            return false;
        }
    }

    private static string Of(Model model, ParameterInfo[] axes)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"# {model.Summary}");
        text.AppendLine(CultureInfo.InvariantCulture, $"name: my-{model.Scenario}");
        text.AppendLine(CultureInfo.InvariantCulture, $"scenario: {model.Scenario}");
        text.AppendLine(axes.Length == 0 ? "axes: []" : "axes:");
        foreach (ParameterInfo p in axes)
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
