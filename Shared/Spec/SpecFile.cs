using System.Text;

namespace CalciumSweep.Shared.Spec;

/// <summary>Reads the text of a spec or scenario file, and nothing that is not one.</summary>
internal static class SpecFile
{
    private const int LargestFile = 1 << 20;

    /// <summary>The file's text.</summary>
    /// <exception cref="SpecException">It is missing, a folder, too large, unreadable or not text.</exception>
    public static string ReadText(string path)
    {
        if (Directory.Exists(path))
        {
            throw Refuse($"{path} is a folder, not a file", "name the .yaml file in it");
        }

        var info = new FileInfo(path);
        if (!info.Exists)
        {
            throw Refuse($"{path} does not exist", "check the path");
        }

        try
        {
            return info.Length > LargestFile ? throw TooLarge(path) : Decode(path, ReadBytes(path));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Refuse($"{path} cannot be read: {failure.Message}", "check its permissions");
        }
    }

    // A pipe or a device has no length beforehand.
    private static byte[] ReadBytes(string path)
    {
        using FileStream file = File.OpenRead(path);
        var bytes = new byte[LargestFile + 1];
        int count = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return count > LargestFile ? throw TooLarge(path) : bytes[..count];
    }

    private static string Decode(string path, byte[] bytes)
    {
        try
        {
            string text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF');
            return text.Contains('\0') ? throw NotText(path) : text;
        }
        catch (DecoderFallbackException)
        {
            throw NotText(path);
        }
    }

    private static SpecException NotText(string path) => Refuse($"{path} is not a UTF-8 text file", "save it as UTF-8 text");

    private static SpecException TooLarge(string path) =>
        Refuse($"{path} is larger than 1 MB", "a spec or scenario file is a few lines of YAML");

    private static SpecException Refuse(string message, string hint) => new([new(message, null, null, null, hint)]);
}
