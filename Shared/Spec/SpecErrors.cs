namespace CalciumSweep.Shared.Spec;

/// <summary>Collects what is wrong with a file, so that a user sees all of it at once.</summary>
internal sealed class SpecErrors
{
    private const int MostShown = 100;

    private readonly List<SpecError> _errors = [];
    private int _notShown;

    /// <summary>Adds an error; the message is prefixed with the path.</summary>
    public void Add(string path, string message, SpecNode? at, string? hint = null)
    {
        if (_errors.Count >= MostShown)
        {
            _notShown++;
            return;
        }

        _errors.Add(new(path.Length == 0 ? message : $"{path}: {message}", path.Length == 0 ? null : path, at?.Line, at?.Column, hint));
    }

    /// <summary>Adds "did you mean …?", or the known words if none is near.</summary>
    public void AddUnknown(string path, string what, string word, SpecNode? at, IReadOnlyCollection<string> known)
    {
        string? nearest = Nearest.Of(word, known);
        string shown = word.Length <= 60 ? word : word[..60] + "…";
        Add(path, $"unknown {what} '{shown}'", at, nearest is null ? $"known: {string.Join(", ", known)}" : $"did you mean {nearest}?");
    }

    /// <summary>Ends the reading if anything is wrong.</summary>
    /// <exception cref="SpecException">There is at least one error.</exception>
    public void ThrowIfAny()
    {
        if (_errors.Count == 0)
        {
            return;
        }

        if (_notShown > 0)
        {
            _errors.Add(new($"and {_notShown} more errors", null, null, null, null));
        }

        throw new SpecException(_errors);
    }
}
