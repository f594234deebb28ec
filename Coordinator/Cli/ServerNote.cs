namespace CalciumSweep.Coordinator.Cli;

/// <summary>
/// The file <c>server</c> in a data folder: where the node that works on it answers, so that commands on the folder find
/// it without being told. Believed only while the folder is held, so that one left by a killed process does no harm.
/// </summary>
public static class ServerNote
{
    private const string Name = "server";

    /// <summary>Where the folder's node answers; null if none works on it, or it has no API.</summary>
    public static Uri? Read(string dataFolder)
    {
        string file = Path.Combine(dataFolder, Name);
        if (!File.Exists(file) || !FolderHolder.IsHeld(dataFolder))
        {
            return null;
        }

        try
        {
            return Uri.TryCreate(File.ReadAllText(file).Trim(), UriKind.Absolute, out Uri? url) ? url : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Leaves the note.</summary>
    public static void Write(string dataFolder, Uri url) => File.WriteAllText(Path.Combine(dataFolder, Name), $"{url}\n");

    /// <summary>Takes it away.</summary>
    public static void Remove(string dataFolder) => File.Delete(Path.Combine(dataFolder, Name));
}
