using System.Globalization;

namespace CalciumSweep.Shared.Spec;

/// <summary>Reads the known keys of one map; whatever is wrong is collected and the default stands in for it.</summary>
internal sealed class SpecFields
{
    private readonly Dictionary<string, SpecNode> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _meant = new(StringComparer.Ordinal);
    private readonly SpecErrors _errors;
    private readonly string _path;

    /// <summary>Checks that it is a map with known keys only.</summary>
    public SpecFields(SpecNode node, string path, SpecErrors errors, IReadOnlyCollection<string> known)
    {
        (_errors, _path, Node) = (errors, path, node);
        if (node.Entries is null)
        {
            errors.Add(path, $"must be a map, not {node.Kind}", node, $"its keys are: {string.Join(", ", known)}");
            return;
        }

        foreach ((SpecNode key, SpecNode value) in node.Entries)
        {
            if (known.Contains(key.Text!, StringComparer.Ordinal))
            {
                _values[key.Text!] = value;
                if (value.IsNull)
                {
                    errors.Add(Path(key.Text!), "has no value", value, "give it one, or remove the key");
                }
            }
            else
            {
                errors.AddUnknown(Path(key.Text!), "key", key.Text!, key, known);
                _meant.Add(Nearest.Of(key.Text!, known) ?? "");
            }
        }
    }

    /// <summary>The map itself.</summary>
    public SpecNode Node { get; }

    /// <summary>Full path of a key.</summary>
    public string Path(string key) => SpecText.Join(_path, key);

    /// <summary>True if the key is there.</summary>
    public bool Has(string key) => _values.ContainsKey(key);

    /// <summary>True if the key is not there, not even mistyped (which is an error by now).</summary>
    public bool IsMissing(string key) => !Has(key) && !_meant.Contains(key);

    /// <summary>The value of a key; null if it is not there or has nothing behind it (an error by now).</summary>
    public SpecNode? Find(string key) => _values.TryGetValue(key, out SpecNode? node) && !node.IsNull ? node : null;

    /// <summary>The text of a scalar; null if it is not there or not a scalar.</summary>
    public string? Scalar(string key)
    {
        SpecNode? node = Find(key);
        if (node is { Text: null })
        {
            _errors.Add(Path(key), $"must be a single value, not {node.Kind}", node);
        }

        return node?.Text;
    }

    /// <summary>The items of a list; empty if it is not there or not a list.</summary>
    public IReadOnlyList<SpecNode> List(string key)
    {
        SpecNode? node = Find(key);
        if (node is { Items: null })
        {
            _errors.Add(Path(key), $"must be a list, not {node.Kind}", node, "write it as [a, b, c]");
        }

        return node?.Items ?? [];
    }

    /// <summary>A whole number in a range; the default if it is not there or wrong.</summary>
    public long Whole(string key, long least, long most, long standard)
    {
        string? text = Scalar(key);
        if (text is null)
        {
            return standard;
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) && value >= least && value <= most)
        {
            return value;
        }

        _errors.Add(Path(key), $"'{text}' is not a whole number from {least} to {most}", _values[key], "correct the number");
        return standard;
    }

    /// <summary>One of a few words; the default if it is not there or wrong.</summary>
    public string Word(string key, string[] words, string standard)
    {
        string? text = Scalar(key);
        if (text is null || words.Contains(text, StringComparer.Ordinal))
        {
            return text ?? standard;
        }

        _errors.AddUnknown(Path(key), "value", text, _values[key], words);
        return standard;
    }
}
