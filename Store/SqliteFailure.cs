using Microsoft.Data.Sqlite;

namespace CalciumSweep.Store;

/// <summary>SQLite's error codes as sentences.</summary>
internal static class SqliteFailure
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    // SQLITE_IOERR_SHMSIZE: the index of the write-ahead log cannot grow, which is a full disk too.
    private const int SharedMemorySize = InputOutput | (19 << 8);

    /// <summary>What a user can do about it.</summary>
    /// <param name="file">The database.</param>
    /// <param name="error">What SQLite said.</param>
    public static StoreUnavailableException Explain(string file, SqliteException error) => new(
        error.SqliteErrorCode switch
        {
            _ when error.SqliteExtendedErrorCode == SharedMemorySize => IsFull(file),
            Full => IsFull(file),
            Busy or Locked => $"'{file}' is in use by another process: wait for it to end.",
            ReadOnly => $"'{file}' is read-only: make it writable or choose another data folder with --data.",
            CannotOpen => $"'{file}' cannot be opened: check that its folder exists and is writable.",
            Corrupt => $"'{file}' is damaged: restore it from a copy, or move it away to start anew.",
            NotADatabase => $"'{file}' is not a result store: move it away or choose another data folder with --data.",
            InputOutput => $"'{file}' cannot be read or written ({error.Message}): check the disk.",
            _ => $"'{file}' failed: {error.Message}",
        },
        error);

    private static string IsFull(string file) =>
        $"The disk that holds '{file}' is full: free some space; what was stored before is safe.";
}
