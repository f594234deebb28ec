namespace CalciumSweep.Shared.Spec;

/// <summary>Placeholder.</summary>
public static class Nearest
{
    /// <summary>The candidate nearest to a word.</summary>
    public static string? Of(string word, IEnumerable<string> candidates) => throw new NotSupportedException(word + candidates);
}
