namespace CalciumSweep.Shared.Spec;

/// <summary>The name of a spec: part of a campaign's id, and so of folder names and addresses.</summary>
internal static class SpecName
{
    private const int LongestName = 64;

    /// <summary>The name in the file, or one made from the file's name.</summary>
    public static string Read(SpecFields fields, SpecErrors errors, string fileName)
    {
        string? name = fields.Scalar("name");
        if (name is not null && Slug(name) != name)
        {
            errors.Add(
                "name", $"must be 1 to {LongestName} of the characters A–Z a–z 0–9 . _ - and not begin with . or -", fields.Find("name"), $"e.g. name: {Slug(name)}");
        }

        return name ?? Slug(Path.GetFileNameWithoutExtension(fileName));
    }

    // A name that begins with '.' is a hidden folder, one that begins with '-' reads as an option.
    private static string Slug(string name)
    {
        char[] letters = [.. name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' ? c : '-')];
        string slug = new string(letters).TrimStart('.', '-');
        return slug.Length == 0 ? "sweep" : slug[..Math.Min(slug.Length, LongestName)];
    }
}
