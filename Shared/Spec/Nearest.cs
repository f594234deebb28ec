namespace CalciumSweep.Shared.Spec;

/// <summary>Guesses what a mistyped word was meant to be.</summary>
public static class Nearest
{
    private const int LongestWord = 100;

    /// <summary>
    /// The candidate with the fewest typing slips (insert, drop, replace, swap of neighbours; case is ignored), if they
    /// are few for the word's length; else the one whose last dotted part is the word; else null.
    /// </summary>
    public static string? Of(string word, IEnumerable<string> candidates)
    {
        if (word.Length is 0 or > LongestWord)
        {
            return null;
        }

        string lower = word.ToLowerInvariant();
        string? best = null, ending = null;
        int fewest = Math.Max(1, word.Length / 3) + 1;
        foreach (string candidate in candidates)
        {
            string other = candidate.ToLowerInvariant();
            int slips = Slips(lower, other);
            if (slips < fewest)
            {
                (best, fewest) = (candidate, slips);
            }

            if (ending is null && other.EndsWith("." + lower, StringComparison.Ordinal))
            {
                ending = candidate;
            }
        }

        return best ?? ending;
    }

    /// <summary>Damerau–Levenshtein distance (optimal string alignment).</summary>
    private static int Slips(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            d[i, 0] = i;
        }

        for (int j = 0; j <= b.Length; j++)
        {
            d[0, j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int replace = d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                d[i, j] = Math.Min(replace, Math.Min(d[i - 1, j], d[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
                }
            }
        }

        return d[a.Length, b.Length];
    }
}
