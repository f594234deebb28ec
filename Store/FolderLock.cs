using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace CalciumSweep.Store;

/// <summary>
/// A file that one process holds. The operating system takes the lock back when the process ends, however it ends. The
/// file stays: removing it would let two processes lock two files of the same name. It holds the process id, for the
/// message that others get.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    private readonly FileStream _stream;

    private FolderLock(FileStream stream) => _stream = stream;

    /// <summary>Takes the lock and writes this process's id into it.</summary>
    /// <exception cref="IOException">It is held (<see cref="IsHeld"/>), or the file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be written.</exception>
    public static FolderLock Take(string file)
    {
        // On Windows others must be able to read the id; on Unix only None is an exclusive lock.
        FileShare share = OperatingSystem.IsWindows() ? FileShare.Read : FileShare.None;
        var stream = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, share, bufferSize: 0);
        try
        {
            stream.Write(Encoding.ASCII.GetBytes($"{Environment.ProcessId}\n"));
            stream.SetLength(stream.Position);
            return new(stream);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>True if this came from <see cref="Take"/> because another process holds the lock.</summary>
    public static bool IsHeld(IOException error) => OperatingSystem.IsWindows()
        ? (error.HResult & 0xFFFF) is 32 or 33 // ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION
        : error.HResult is 11 or 35; // EWOULDBLOCK on Linux, on macOS

    /// <summary>Id of the process that holds the lock, or null if it cannot be told.</summary>
    public static int? Holder(string file)
    {
        using SafeFileHandle? handle = OpenUnlocked(file);
        if (handle is null)
        {
            return null;
        }

        Span<byte> text = stackalloc byte[16];
        int length = RandomAccess.Read(handle, text, 0);
        return int.TryParse(text[..length], NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out int id) ? id : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private static SafeFileHandle? OpenUnlocked(string file)
    {
        if (OperatingSystem.IsWindows())
        {
            return File.OpenHandle(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        }

        // .NET takes a shared lock for every reader, which the holder's exclusive one refuses.
        int descriptor = OpenForReading(file, 0);
        return descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);
    }

    [DllImport("libc", EntryPoint = "open")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int OpenForReading([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);
}
