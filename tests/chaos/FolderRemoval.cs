namespace CalciumSweep.Chaos;

/// <summary>Removes a folder when it is disposed.</summary>
internal sealed class FolderRemoval(string folder) : IDisposable
{
    public void Dispose() => Directory.Delete(folder, recursive: true);
}
