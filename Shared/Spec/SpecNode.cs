namespace CalciumSweep.Shared.Spec;

/// <summary>A piece of a YAML file with its place: exactly one of text, items and entries is there.</summary>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
internal sealed record SpecNode(int Line, int Column)
{
    /// <summary>The text of a scalar.</summary>
    public string? Text { get; init; }

    /// <summary>True for a scalar in quotes.</summary>
    public bool IsQuoted { get; init; }

    /// <summary>The items of a list.</summary>
    public List<SpecNode>? Items { get; init; }

    /// <summary>The entries of a map, in file order; no key is there twice.</summary>
    public List<KeyValuePair<SpecNode, SpecNode>>? Entries { get; init; }

    /// <summary>True for a key with nothing behind it.</summary>
    public bool IsNull => !IsQuoted && Text is "" or "~" or "null";

    /// <summary>What it is, for messages.</summary>
    public string Kind => this switch { { IsNull: true } => "nothing", { Items: not null } => "a list", { Entries: not null } => "a map", _ => $"'{Text}'" };
}
