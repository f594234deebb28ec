namespace CalciumSweep.Coordinator.Cli;

/// <summary>Whether a node works on a data folder.</summary>
public static class FolderHolder
{
    /// <summary>True while a process holds the folder.</summary>
    public static bool IsHeld(string dataFolder)
    {
        // A node holds the lock exclusively; asking for a share of it fails exactly then.
        try
        {
            using var _ = new FileStream(Path.Combine(dataFolder, "lock"), FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
