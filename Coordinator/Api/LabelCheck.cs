using CalciumSweep.Coordinator.Cli;
using CalciumSweep.Shared.Api;

namespace CalciumSweep.Coordinator.Api;

/// <summary>What a label may be.</summary>
internal static class LabelCheck
{
    private const int MostTags = 20, LongestTag = 40, LongestNote = 4000;

    /// <summary>What changes.</summary>
    /// <exception cref="CommandException">There are too many tags, or one is no word; the note is too long.</exception>
    public static (IReadOnlyList<string>? Tags, string? Note) Checked(this LabelRequest request)
    {
        string[]? tags = request.Tags is null ? null : [.. request.Tags.Select(tag => tag.Trim()).Distinct(StringComparer.Ordinal)];
        if (tags?.FirstOrDefault(tag => tag.Length is 0 or > LongestTag || tag.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c == ',')) is { } wrong)
        {
            throw new CommandException($"tags: '{wrong}' is no tag", $"a tag is one word of at most {LongestTag} characters, without a comma");
        }

        string? note = request.Note?.Trim();
        return tags?.Length > MostTags ? throw new CommandException($"tags: {tags.Length} are too many", $"a campaign has at most {MostTags}")
            : note?.Length > LongestNote ? throw new CommandException("note: it is too long", $"it has at most {LongestNote} characters")
            : (tags, note);
    }
}
