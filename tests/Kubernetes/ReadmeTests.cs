using System.Globalization;
using System.Text;
using System.Text.Json;
using CalciumSweep.Unit;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace CalciumSweep.KubernetesTests;

/// <summary>
/// The table of values in the chart's README, from values.yaml and values.schema.json. CALCIUMSWEEP_WRITE_README=1 in the environment
/// of this test writes it.
/// </summary>
public sealed class ReadmeTests
{
    private const string Begin = "<!-- values: begin -->\n", End = "<!-- values: end -->";
    private static readonly string _readme = Repository.PathOf("helm", "calciumsweep", "README.md");

    [Fact]
    public void The_table_of_values_is_what_values_and_schema_say()
    {
        string text = File.ReadAllText(_readme), table = Table();
        int begin = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, end = text.IndexOf(End, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("CALCIUMSWEEP_WRITE_README") == "1")
        {
            File.WriteAllText(_readme, text[..begin] + table + text[end..]);
            return;
        }

        Assert.Equal(table, text[begin..end]);
    }

    private static string Table()
    {
        var rows = new StringBuilder("| value | default | meaning |\n| --- | --- | --- |\n");
        using JsonDocument schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(Chart.Folder, "values.schema.json")));
        Add(rows, Validator.Trees(File.ReadAllText(Path.Combine(Chart.Folder, "values.yaml"))).Single(), schema.RootElement, "");
        return rows.ToString();
    }

    private static void Add(StringBuilder rows, YamlMappingNode values, JsonElement schema, string before)
    {
        JsonElement known = schema.GetProperty("properties");
        foreach ((YamlNode key, YamlNode value) in values.Children)
        {
            string name = before + key;
            JsonElement about = known.GetProperty(key.ToString());
            string meaning = about.GetProperty("description").GetString()!;
            if (value is YamlMappingNode inner && about.TryGetProperty("properties", out _))
            {
                rows.Append(CultureInfo.InvariantCulture, $"| **`{name}`** | | {meaning} |\n");
                Add(rows, inner, about, name + ".");
            }
            else
            {
                rows.Append(CultureInfo.InvariantCulture, $"| `{name}` | `{Short(value)}` | {meaning} |\n");
            }
        }
    }

    private static string Short(YamlNode node) => node switch
    {
        YamlMappingNode map => map.Children.Count == 0 ? "{}" : "{ " + string.Join(", ", map.Children.Select(each => $"{each.Key}: {Short(each.Value)}")) + " }",
        YamlSequenceNode list => "[" + string.Join(", ", list.Children.Select(Short)) + "]",
        YamlScalarNode { Value: "" } => "\"\"",
        _ => node.ToString(),
    };
}
