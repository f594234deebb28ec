namespace CalciumSweep.Coordinator.Cli;

/// <summary>A file that a user wants written.</summary>
public static class FigureFile
{
    /// <summary>Refuses a file of the wrong kind, or in a folder that is not there.</summary>
    /// <exception cref="CommandException">It cannot be written like that.</exception>
    public static void Check(string file, params ReadOnlySpan<string> endings)
    {
        bool known = false;
        foreach (string ending in endings)
        {
            known |= file.EndsWith(ending, StringComparison.OrdinalIgnoreCase);
        }

        if (!known && endings.Length > 0)
        {
            throw new CommandException($"'{file}' does not end in {string.Join(" or ", endings.ToArray())}", "the ending decides the format");
        }

        if (Directory.Exists(file))
        {
            throw new CommandException($"'{file}' is a directory", "name a file in it");
        }

        string? folder = Path.GetDirectoryName(Path.GetFullPath(file));
        if (folder is not null && !Directory.Exists(folder))
        {
            throw new CommandException($"the directory '{folder}' is not there", "make it first");
        }
    }
}
