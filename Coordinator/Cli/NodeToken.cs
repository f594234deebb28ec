using System.Security.Cryptography;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>The key to a node's API: the file <c>token</c> of its data folder, which only its owner may read.</summary>
public static class NodeToken
{
    private const string Name = "token";
    private const int Bytes = 32;

    /// <summary>The folder's token; null if it has none, or it is not for this user.</summary>
    public static string? Read(string dataFolder)
    {
        string file = Path.Combine(dataFolder, Name);
        try
        {
            string token = File.Exists(file) ? File.ReadAllText(file).Trim() : "";
            return token.Length > 0 ? token : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The folder's token, made at random the first time.</summary>
    /// <param name="dataFolder">A folder that this process holds.</param>
    public static string Keep(string dataFolder)
    {
        if (Read(dataFolder) is { } known)
        {
            return known;
        }

        // Written beside and moved: a process that is killed here leaves no half of a token.
        string file = Path.Combine(dataFolder, Name), draft = file + ".new";
        string token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));
        File.Delete(draft);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var writer = new StreamWriter(draft, options))
        {
            writer.Write($"{token}\n");
        }

        File.Move(draft, file, overwrite: true);
        return token;
    }
}
