using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CalciumSweep.Pods;

/// <summary>Nodes of YAML documents by their keys.</summary>
internal static class Yaml
{
    /// <summary>A member of a mapping, or null.</summary>
    public static YamlNode? Get(this YamlNode? node, string key) =>
        node is YamlMappingNode mapping && mapping.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? value) ? value : null;

    /// <summary>A member some levels deeper, or null.</summary>
    public static YamlNode? At(this YamlNode? node, params ReadOnlySpan<string> path)
    {
        foreach (string key in path)
        {
            node = node.Get(key);
        }

        return node;
    }

    /// <summary>A scalar's text, or null.</summary>
    public static string? Text(this YamlNode? node) => (node as YamlScalarNode)?.Value;

    /// <summary>The items of a sequence; none if there is no sequence.</summary>
    public static IEnumerable<YamlNode> Items(this YamlNode? node) => node is YamlSequenceNode sequence ? sequence.Children : [];

    /// <summary>The members of a mapping of texts.</summary>
    public static Dictionary<string, string> Texts(this YamlNode? node) => node is not YamlMappingNode mapping ? []
        : mapping.Children.ToDictionary(one => one.Key.Text()!, one => one.Value.Text() ?? "", StringComparer.Ordinal);

    /// <summary>A scalar that is a text whatever it looks like.</summary>
    public static YamlScalarNode Quoted(string text) => new(text) { Style = ScalarStyle.DoubleQuoted };

    /// <summary>A mapping of texts.</summary>
    public static YamlMappingNode Of(params ReadOnlySpan<(string Key, YamlNode Value)> members)
    {
        var mapping = new YamlMappingNode();
        foreach ((string key, YamlNode value) in members)
        {
            mapping.Add(key, value);
        }

        return mapping;
    }
}
