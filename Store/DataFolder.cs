using System.Globalization;
using CalciumSweep.Shared;

namespace CalciumSweep.Store;

/// <summary>
/// The folder that everything durable is in: <c>results.db</c>, <c>journal.db</c>, <c>format</c> (version of this
/// layout), <c>lock</c> (held while a node runs), <c>spill</c> (results that wait for the store) and a folder of figures and
/// tables for each campaign.
/// </summary>
public sealed class DataFolder : IDisposable
{
    /// <summary>The version of the layout that is written.</summary>
    public const int Format = 1;

    private const string FormatName = "format";
    private const string LockName = "lock";
    private const string ResultsName = "results.db";
    private const string Remedy = "choose another folder with --data";

    // A node that cannot write so little cannot store one grain.
    private const int ProbeBytes = 64 * 1024;

    private readonly FolderLock? _lock;

    private DataFolder(string path, FolderLock? held)
    {
        (Path, _lock) = (path, held);
    }

    /// <summary>Absolute path of the folder.</summary>
    public string Path { get; }

    /// <summary>The result store's file.</summary>
    public string ResultsFile => In(Path, ResultsName);

    /// <summary>The journal's file.</summary>
    public string JournalFile => In(Path, "journal.db");

    /// <summary>Where results wait that the store does not take; the folder may not be there yet.</summary>
    public string SpillFolder => In(Path, "spill");

    /// <summary>Names the grains that are being computed; left behind by a process that died.</summary>
    public string BegunFile => In(Path, "begun");

    /// <summary>
    /// Opens a folder. For exclusive use it is made if it is not there, and held against other processes until it is
    /// disposed or the process ends. On an error nothing is left behind.
    /// </summary>
    /// <param name="path">The folder.</param>
    /// <param name="exclusive">True for a node; false for a process that only reads.</param>
    /// <exception cref="DataFolderException">It is of a newer version, read-only, full, in use, absent or not a folder.</exception>
    public static DataFolder Open(string path, bool exclusive)
    {
        path = System.IO.Path.GetFullPath(path);
        try
        {
            RefuseFile(path);
            if (Directory.Exists(path))
            {
                CheckFormat(path);
            }
            else if (!exclusive)
            {
                throw new DataFolderException($"There is no data folder '{path}': name one with --data.");
            }

            return new(path, exclusive ? Prepare(path) : null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Explain(path, e);
        }
    }

    /// <summary>False if there is nothing that could be opened: no folder, or one that no node has used yet.</summary>
    /// <param name="path">The folder.</param>
    public static bool Exists(string path) =>
        Directory.Exists(path) ? File.Exists(In(path, FormatName)) || File.Exists(In(path, ResultsName)) : File.Exists(path);

    /// <summary>Where a campaign's figures and tables go; the folder may not be there yet.</summary>
    /// <param name="id">A campaign's id.</param>
    public string CampaignFolder(CampaignId id)
    {
        if (id.Value is null or "" or "." or ".." || id.Value.AsSpan().IndexOfAny('/', '\\') >= 0)
        {
            throw new ArgumentException($"'{id.Value}' cannot name a folder.", nameof(id));
        }

        return In(Path, id.Value);
    }

    /// <inheritdoc/>
    public void Dispose() => _lock?.Dispose();

    private static string In(string path, string name) => System.IO.Path.Combine(path, name);

    private static void RefuseFile(string path)
    {
        if (File.Exists(path))
        {
            throw new DataFolderException($"'{path}' is a file, not a folder: {Remedy}.");
        }
    }

    private static void CheckFormat(string path)
    {
        string file = In(path, FormatName);
        if (!File.Exists(file))
        {
            return;
        }

        string text = File.ReadAllText(file).Trim();
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int format))
        {
            throw new DataFolderException($"'{file}' does not hold a version, so this is not a data folder: {Remedy}.");
        }

        if (format > Format)
        {
            throw new DataFolderException(
                $"'{path}' was written by a newer CalciumSweep (format {format}, this one knows {Format}): use that one or {Remedy}.");
        }
    }

    private static FolderLock Prepare(string path)
    {
        Stack<string> made = MakeFolders(path);
        string lockFile = In(path, LockName);
        bool hadLock = File.Exists(lockFile);
        FolderLock? held = null;
        try
        {
            held = FolderLock.Take(lockFile);
            WriteFormat(path);
            return held;
        }
        catch
        {
            held?.Dispose();
            if (!hadLock)
            {
                File.Delete(lockFile);
            }

            Remove(made);
            throw;
        }
    }

    private static void WriteFormat(string path)
    {
        // Written beside and moved: a process that is killed here leaves no half of a format.
        string file = In(path, FormatName), probe = In(path, FormatName + ".new");
        try
        {
            File.WriteAllBytes(probe, new byte[ProbeBytes]);
            if (!File.Exists(file))
            {
                File.WriteAllText(probe, string.Create(CultureInfo.InvariantCulture, $"{Format}\n"));
                File.Move(probe, file);
            }
        }
        finally
        {
            File.Delete(probe);
        }
    }

    private static Stack<string> MakeFolders(string path)
    {
        var missing = new Stack<string>();
        for (string? folder = path; folder is not null && !Directory.Exists(folder); folder = System.IO.Path.GetDirectoryName(folder))
        {
            RefuseFile(folder);
            missing.Push(folder);
        }

        var made = new Stack<string>();
        try
        {
            while (missing.TryPop(out string? folder))
            {
                Directory.CreateDirectory(folder);
                made.Push(folder);
            }
        }
        catch
        {
            Remove(made);
            throw;
        }

        return made;
    }

    private static void Remove(Stack<string> made)
    {
        // A folder that another process has put something into meanwhile is no longer ours alone.
        while (made.TryPop(out string? folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
        {
            Directory.Delete(folder);
        }
    }

    private static DataFolderException Explain(string path, Exception error)
    {
        const int ReadOnlyFileSystem = 30, NoSpace = 28, NoQuota = 122; // errno on Linux
        const int DiskFull = 112, WriteProtect = 19; // Windows
        int code = OperatingSystem.IsWindows() ? error.HResult & 0xFFFF : error.HResult;
        string sentence = error switch
        {
            IOException e when FolderLock.IsHeld(e) => InUse(path),
            UnauthorizedAccessException => $"'{path}' cannot be written: change its permissions or {Remedy}.",
            _ => code switch
            {
                NoSpace or NoQuota or DiskFull => $"The disk that holds '{path}' is full: free some space or {Remedy}.",
                ReadOnlyFileSystem or WriteProtect => $"'{path}' is on a read-only disk: {Remedy}.",
                _ => $"'{path}' cannot be used ({error.Message}): {Remedy}.",
            },
        };
        return new DataFolderException(sentence, error);
    }

    private static string InUse(string path)
    {
        string holder = FolderLock.Holder(In(path, LockName)) is { } id ? $" (process {id})" : "";
        return $"'{path}' is in use by another CalciumSweep{holder}: wait for it, stop it, or {Remedy}.";
    }
}
