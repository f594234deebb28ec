using System.Diagnostics;

namespace CalciumSweep.Unit.Store;

/// <summary>A folder that is removed with everything in it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private bool _mounted;

    public TemporaryFolder() => Directory.CreateDirectory(Path);

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"calciumsweep-{Guid.NewGuid():N}");

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Makes the folder a disk of its own, of this size; false where that is not allowed.</summary>
    public bool TryMount(string options) => _mounted = OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", options, "tmpfs", Path);

    /// <summary>Fills the disk to the last byte.</summary>
    public void Fill(string name)
    {
        using var file = new FileStream(this[name], FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var space = new DriveInfo(Path);
        while (space.AvailableFreeSpace > 0)
        {
            file.Write(new byte[Math.Min(space.AvailableFreeSpace, 65536)]);
        }
    }

    public void Dispose()
    {
        if (_mounted && !Run("umount", Path))
        {
            throw new IOException($"'{Path}' cannot be unmounted.");
        }

        Directory.Delete(Path, recursive: true);
    }

    private static bool Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
