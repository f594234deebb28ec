using CalciumSweep.Shared;

namespace CalciumSweep.Store;

/// <summary>Placeholder.</summary>
public sealed class DataFolder : IDisposable
{
    private DataFolder(string path) => Path = path;

    /// <summary>Folder.</summary>
    public string Path { get; }

    /// <summary>Result store.</summary>
    public string ResultsFile => System.IO.Path.Combine(Path, "results.db");

    /// <summary>Journal.</summary>
    public string JournalFile => System.IO.Path.Combine(Path, "journal.db");

    /// <summary>Opens it.</summary>
    public static DataFolder Open(string path, bool exclusive) => exclusive ? throw new NotSupportedException() : new(path);

    /// <summary>False for absent or empty.</summary>
    public static bool Exists(string path) => Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any();

    /// <summary>Figures and tables of a campaign.</summary>
    public string CampaignFolder(CampaignId id) => System.IO.Path.Combine(Path, id.Value);

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
