using CalciumSweep.Shared.Spec;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Shared.Scenarios;

/// <summary>Scenario file → definition. Knows the file's form only; which members exist is <see cref="Composition"/>'s matter.</summary>
public static class ScenarioReader
{
    private static readonly Dictionary<string, string> _single = new(StringComparer.Ordinal)
    {
        ["geometry"] = "geometry",
        ["sites"] = "sites",
        ["stimulus"] = "stimulus",
        ["outcome"] = "outcome",
    };

    private static readonly Dictionary<string, string> _many = new(StringComparer.Ordinal)
    {
        ["pools"] = "pool",
        ["buffers"] = "buffer",
        ["mechanisms"] = "mechanism",
        ["stimuli"] = "stimulus",
    };

    private static readonly string[] _keys = ["scenario", "summary", .. _single.Keys, .. _many.Keys, "observe", "parameters"];

    /// <summary>Reads a scenario's YAML.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="fileName">Where it came from, for messages.</param>
    /// <exception cref="SpecException">It is not a scenario; each error has its place.</exception>
    public static ScenarioDefinition Parse(string text, string fileName)
    {
        var errors = new SpecErrors();
        SpecNode root = SpecText.Parse(text, errors);
        var fields = new SpecFields(root, "", errors, _keys);
        string? name = fields.Scalar("scenario");
        if (fields.IsMissing("scenario"))
        {
            errors.Add("scenario", $"is missing in {Path.GetFileName(fileName)}", root, "add 'scenario: <name>'");
        }

        var parts = new List<PartDefinition>();
        foreach ((SpecNode key, SpecNode value) in root.Entries!)
        {
            AddParts(parts, key.Text!, value, errors);
        }

        var definition = new ScenarioDefinition(
            name ?? "", fields.Scalar("summary") ?? "", parts, Overrides(fields, errors), Observe(fields, errors));
        errors.ThrowIfAny();
        return definition;
    }

    private static void AddParts(List<PartDefinition> parts, string key, SpecNode value, SpecErrors errors)
    {
        if (_single.TryGetValue(key, out string? role))
        {
            AddPart(parts, role, "", value, key, errors);
        }
        else if (_many.TryGetValue(key, out role))
        {
            if (value.Entries is null)
            {
                errors.Add(key, $"must be a map, not {value.Kind}", value, "write 'name: { use: … }' lines");
            }

            foreach ((SpecNode name, SpecNode part) in value.Entries ?? [])
            {
                AddPart(parts, role, name.Text!, part, $"{key}.{name.Text}", errors);
            }
        }
    }

    private static void AddPart(List<PartDefinition> parts, string role, string name, SpecNode node, string path, SpecErrors errors)
    {
        string? use = null;
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((SpecNode key, SpecNode value) in node.Entries ?? [])
        {
            if (value.Text is null || value.IsNull)
            {
                errors.Add($"{path}.{key.Text}", $"must be a single value, not {value.Kind}", value);
            }
            else if (key.Text == "use")
            {
                use = value.Text;
            }
            else
            {
                options[key.Text!] = value.Text;
            }
        }

        if (node.Entries is null || !node.Entries.Exists(entry => entry.Key.Text == "use"))
        {
            errors.Add(path, "does not say which member to use", node, "write { use: <member> }");
        }

        parts.Add(new(role, name, use ?? "", options));
    }

    private static Dictionary<string, ParameterOverride> Overrides(SpecFields fields, SpecErrors errors)
    {
        var overrides = new Dictionary<string, ParameterOverride>(StringComparer.Ordinal);
        SpecNode? node = fields.Find("parameters");
        if (node is { Entries: null })
        {
            errors.Add("parameters", $"must be a map, not {node.Kind}", node, "write 'name: { default: … }' lines");
        }

        foreach ((SpecNode key, SpecNode value) in node?.Entries ?? [])
        {
            var entry = new SpecFields(value, $"parameters.{key.Text}", errors, ["default", "min", "max", "meaning", "source"]);
            overrides[key.Text!] = new(
                Number(entry, "default", errors), Number(entry, "min", errors), Number(entry, "max", errors), entry.Scalar("meaning"),
                entry.Scalar("source"));
        }

        return overrides;
    }

    // In the parameter's own unit, which only its part knows.
    private static double? Number(SpecFields fields, string key, SpecErrors errors)
    {
        if (fields.Scalar(key) is not string text)
        {
            return null;
        }

        if (Quantity.TryParse(text, "1", out double value, out string problem))
        {
            return value;
        }

        errors.Add(fields.Path(key), problem, fields.Find(key), "write a plain number in the parameter's own unit");
        return null;
    }

    private static List<string> Observe(SpecFields fields, SpecErrors errors)
    {
        var names = new List<string>();
        foreach (SpecNode item in fields.List("observe"))
        {
            if (item.Text is null || item.IsNull)
            {
                errors.Add("observe", $"must hold names, not {item.Kind}", item);
            }

            names.Add(item.Text ?? "");
        }

        return names;
    }
}
