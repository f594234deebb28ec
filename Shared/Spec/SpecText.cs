using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace CalciumSweep.Shared.Spec;

/// <summary>YAML text → nodes with their places. Refuses what a spec never needs: anchors, aliases, tags, deep nesting.</summary>
internal sealed class SpecText
{
    private const int DeepestNesting = 20;

    private readonly SpecErrors _errors;
    private readonly Parser _parser;
    private readonly Stack<Mark> _open = new();

    private SpecText(string text, SpecErrors errors)
    {
        _errors = errors;
        _parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
    }

    /// <summary>The file's top level.</summary>
    /// <param name="text">The whole file.</param>
    /// <param name="errors">Gets keys that are there twice.</param>
    /// <exception cref="SpecException">It is not YAML, or has something that is refused.</exception>
    public static SpecNode Parse(string text, SpecErrors errors)
    {
        var reader = new SpecText(text, errors);
        try
        {
            return reader.Document();
        }
        catch (YamlException failure) when (failure.Start.Line > 0 && reader._open.Count == 0)
        {
            throw NotYaml(failure.Message, failure.Start);
        }
        catch (Exception failure) when (failure is YamlException or InvalidOperationException or ArgumentException or FormatException)
        {
            throw reader.Unclosed(failure);
        }
    }

    private SpecNode Document()
    {
        _parser.Consume<StreamStart>();
        if (!_parser.Accept<DocumentStart>(out _))
        {
            throw Refuse("the file is empty", Mark.Empty, "write at least 'scenario: …'");
        }

        _parser.Consume<DocumentStart>();
        SpecNode root = Node("", 1);
        _parser.Consume<DocumentEnd>();
        if (_parser.Accept<DocumentStart>(out DocumentStart? second))
        {
            throw Refuse("the file holds more than one document", second.Start, "remove the line '---' and what follows");
        }

        return root.Entries is null
            ? throw Refuse($"the top level is {root.Kind}, not a map", new Mark(0, root.Line, root.Column), "write 'key: value' lines")
            : root;
    }

    private SpecNode Node(string path, int depth)
    {
        if (_parser.Accept<AnchorAlias>(out AnchorAlias? alias))
        {
            throw Refuse("aliases (*name) are not allowed", alias.Start, "write the value out");
        }

        NodeEvent start = _parser.Consume<NodeEvent>();
        if (!start.Anchor.IsEmpty)
        {
            throw Refuse("anchors (&name) are not allowed", start.Start, "write the value out");
        }

        if (!start.Tag.IsEmpty && start is not Scalar { Tag.IsNonSpecific: true })
        {
            throw Refuse("tags (!name) are not allowed", start.Start, "remove the tag");
        }

        if (depth > DeepestNesting)
        {
            throw Refuse($"nested deeper than {DeepestNesting} levels", start.Start, "a spec needs three");
        }

        var node = new SpecNode((int)start.Start.Line, (int)start.Start.Column);
        return start switch
        {
            Scalar scalar => node with { Text = scalar.Value, IsQuoted = scalar.Style != ScalarStyle.Plain },
            SequenceStart list => Items(node, path, depth, list),
            MappingStart map => Entries(node, path, depth, map),
            _ => throw Refuse("not a value", start.Start, "write a number, a name, a list or a map"),
        };
    }

    private SpecNode Items(SpecNode node, string path, int depth, SequenceStart list)
    {
        bool isFlow = Open(list.Style == SequenceStyle.Flow, list.Start);
        var items = new List<SpecNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(Node($"{path}[{items.Count}]", depth + 1));
        }

        Close(isFlow);
        return node with { Items = items };
    }

    private SpecNode Entries(SpecNode node, string path, int depth, MappingStart map)
    {
        bool isFlow = Open(map.Style == MappingStyle.Flow, map.Start);
        var entries = new List<KeyValuePair<SpecNode, SpecNode>>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            SpecNode key = Node(path, depth + 1);
            if (key.Text is null)
            {
                throw Refuse("a key must be a word", new Mark(0, key.Line, key.Column), "write 'key: value'");
            }

            string inner = Join(path, key.Text);
            SpecNode value = Node(inner, depth + 1);
            if (keys.Add(key.Text))
            {
                entries.Add(new(key, value));
            }
            else
            {
                _errors.Add(inner, "the key is there twice", key, "remove one of the two");
            }
        }

        Close(isFlow);
        return node with { Entries = entries };
    }

    /// <summary>The path of a key inside a map.</summary>
    public static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";

    private bool Open(bool isFlow, Mark at)
    {
        if (isFlow)
        {
            _open.Push(at);
        }

        return isFlow;
    }

    private void Close(bool isFlow)
    {
        if (isFlow)
        {
            _open.Pop();
        }
    }

    // The parser complains where it gives up, often at the end of the file: the bracket is the useful place.
    private SpecException Unclosed(Exception failure)
    {
        if (_open.TryPeek(out Mark bracket))
        {
            return Refuse(
                "not YAML: a bracket opened here is not closed, or something inside it is wrong", bracket, "check the brackets, commas and quotes");
        }

        return NotYaml(failure.Message, (failure as YamlException)?.Start ?? _parser.Current?.Start ?? Mark.Empty);
    }

    private static SpecException NotYaml(string message, Mark at) => Refuse($"not YAML: {message}", at, "check indentation, brackets and quotes");

    private static SpecException Refuse(string message, Mark at, string hint) =>
        new([new(message, null, at.Line > 0 ? (int)at.Line : 1, at.Column > 0 ? (int)at.Column : 1, hint)]);
}
