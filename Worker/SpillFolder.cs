using System.Globalization;
using System.Runtime.InteropServices;
using CalciumSweep.Shared.Results;

namespace CalciumSweep.Worker;

/// <summary>
/// A folder of results that wait for the store. A file is there whole or not at all: it is written under another name,
/// brought to the disk, renamed, and the folder is brought to the disk. Holds no more than a given number of bytes; says
/// so once when that is reached, and once when there is room again. Thread-safe; one process has it at a time.
/// </summary>
internal sealed class SpillFolder
{
    private const string Ending = ".spill", Unfinished = ".new";
    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly long _bound;
    private readonly Action<string> _log;
    private readonly Queue<SpillFile> _files = new();
    private long _bytes, _next;
    private bool _isFull;

    /// <summary>Opens a folder, makes it if it is not there, and finds what an earlier process left.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="bound">Bytes that it may hold.</param>
    /// <param name="log">Told what happens.</param>
    /// <exception cref="IOException">It cannot be made or read.</exception>
    public SpillFolder(string path, long bound, Action<string> log)
    {
        (_path, _bound, _log) = (path, bound, log);
        Directory.CreateDirectory(path);
        foreach (string file in Directory.GetFiles(path, "*" + Unfinished))
        {
            File.Delete(file);
        }

        foreach (string file in Directory.GetFiles(path, "*" + Ending).Order(StringComparer.Ordinal))
        {
            Enqueue(new(file, new FileInfo(file).Length, null, 0, []));
            _next = Math.Max(_next, NumberOf(file) + 1);
        }

        if (_files.Count > 0)
        {
            log($"{_files.Count} files of results that an earlier process could not store are in '{path}': they are stored first");
        }
    }

    /// <summary>The file that was written first and is still there, or null.</summary>
    public SpillFile? Oldest
    {
        get
        {
            lock (_lock)
            {
                return _files.TryPeek(out SpillFile? file) ? file : null;
            }
        }
    }

    /// <summary>Bytes that wait.</summary>
    public long Bytes
    {
        get
        {
            lock (_lock)
            {
                return _bytes;
            }
        }
    }

    /// <summary>The file that was written first, and those that follow it, are of the same campaign's work in this process, and were begun after the same removals.</summary>
    /// <param name="most">Bytes of all of them together; the first may be larger.</param>
    public IReadOnlyList<SpillFile> OldestAlike(long most)
    {
        lock (_lock)
        {
            var alike = new List<SpillFile>();
            long bytes = 0;
            foreach (SpillFile file in _files)
            {
                bytes += file.Bytes;
                if (alike.Count > 0 && (file.Work is null || (file.Work, file.Removals) != (alike[0].Work, alike[0].Removals) || bytes > most))
                {
                    break;
                }

                alike.Add(file);
            }

            return alike;
        }
    }

    /// <summary>Keeps grains of one campaign; they are on the disk when this returns true.</summary>
    /// <param name="work">The campaign.</param>
    /// <param name="grains">Its grains, begun after the same removals.</param>
    /// <returns>False if there is no room, or the disk refuses: then nothing was kept.</returns>
    public bool TryAdd(CampaignWork work, IReadOnlyList<GrainResult> grains) =>
        TryAdd(work.RecordOf(grains), grains, work);

    /// <summary>The same for a campaign that nobody works on.</summary>
    public bool TryAdd(CampaignRecord campaign, IReadOnlyList<GrainResult> grains, CampaignWork? work)
    {
        byte[] bytes = SpillFormat.Write(campaign, grains);
        lock (_lock)
        {
            if (_bytes + bytes.Length > _bound)
            {
                SayFull($"it holds {_bytes >> 20} MiB of at most {_bound >> 20}");
                return false;
            }
        }

        string file = Path.Combine(_path, Interlocked.Increment(ref _next).ToString("D16", CultureInfo.InvariantCulture) + Ending);
        try
        {
            WriteDurably(file, bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            TryDelete(file + Unfinished);
            SayFull(e.Message);
            return false;
        }

        lock (_lock)
        {
            Enqueue(new(file, bytes.Length, work, campaign.Removals, [.. grains.Select(grain => grain.Grain)]));
        }

        return true;
    }

    /// <summary>Forgets the oldest file.</summary>
    /// <param name="file">What <see cref="Oldest"/> gave.</param>
    /// <param name="delete">False leaves it on the disk, for the next process.</param>
    public void Remove(SpillFile file, bool delete)
    {
        lock (_lock)
        {
            if (_files.TryPeek(out SpillFile? oldest) && ReferenceEquals(oldest, file))
            {
                _files.Dequeue();
                _bytes -= file.Bytes;
            }

            if (delete)
            {
                // If it comes back after a crash its grains are in the store: writing them again changes nothing.
                TryDelete(file.Path);
            }

            if (_isFull && _bytes < _bound / 2)
            {
                _isFull = false;
                _log($"'{_path}' has room again");
            }
        }
    }

    private static long NumberOf(string file) => long.TryParse(
        Path.GetFileNameWithoutExtension(file), NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : 0;

    private static void WriteDurably(string file, byte[] bytes)
    {
        string unfinished = file + Unfinished;
        using (var stream = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
        }

        File.Move(unfinished, file, overwrite: false);
        FlushFolder(Path.GetDirectoryName(file)!);
    }

    private static void TryDelete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It stays for the next process, which can store it once more without harm.
        }
    }

    // The new name itself is on the disk only after its folder is. Windows does that on its own.
    private static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        int descriptor = OpenFolder(folder, 0);
        bool done = descriptor >= 0 && Flush(descriptor) == 0;
        int error = Marshal.GetLastPInvokeError();
        if (descriptor >= 0)
        {
            _ = CloseFolder(descriptor);
        }

        if (!done)
        {
            throw new IOException($"'{folder}' cannot be brought to the disk (error {error}).");
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int OpenFolder([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Flush(int descriptor);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int CloseFolder(int descriptor);

    private void Enqueue(SpillFile file)
    {
        _files.Enqueue(file);
        _bytes += file.Bytes;
    }

    private void SayFull(string why)
    {
        lock (_lock)
        {
            if (!_isFull)
            {
                _isFull = true;
                _log($"No more results can be kept in '{_path}' ({why}): solver threads wait once the memory for results is full too");
            }
        }
    }
}
