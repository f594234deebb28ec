using CalciumSweep.Unit;
using Xunit;

namespace CalciumSweep.Architecture;

/// <summary>What every file of the repository must satisfy.</summary>
public sealed class SourceFileTests
{
    private const int LongestFile = 400;

    private static readonly string[] _skipped = ["bin", "obj", ".git", "artifacts", "sweep-data", "TestResults"];
    private static readonly string[] _text = [".cs", ".csproj", ".props", ".yaml", ".yml", ".md", ".json", ".sh", ".proto", ""];

    // Put together here, so that this file does not find itself.
    private static readonly string[] _machinePaths = ["/wo" + "rk/", "/ho" + "me/", "/Us" + "ers/", "C:" + "\\Users"];

    [Fact]
    public void No_source_file_is_longer_than_400_lines() =>
        Assert.DoesNotContain(Files(), f => f.EndsWith(".cs", StringComparison.Ordinal) && File.ReadLines(f).Count() > LongestFile);

    [Fact]
    public void No_file_names_a_path_of_someones_machine() =>
        Assert.DoesNotContain(Files(), f => NamesMachinePath(File.ReadAllText(f)));

    [Fact]
    public void A_machine_path_would_be_seen() => Assert.True(NamesMachinePath($"see {_machinePaths[1]}someone/notes"));

    [Fact]
    public void The_files_are_found_at_all() =>
        Assert.Contains(Files(), f => f.EndsWith(Path.Combine("Engine", "Model.cs"), StringComparison.Ordinal));

    private static bool NamesMachinePath(string text) =>
        _machinePaths.Any(path => text.Contains(path, StringComparison.Ordinal));

    private static IEnumerable<string> Files() => Files(Repository.Root);

    private static IEnumerable<string> Files(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(folder))
        {
            // In a linked checkout .git is a file with a path in it.
            if (Path.GetFileName(file) != ".git" && _text.Contains(Path.GetExtension(file)))
            {
                yield return file;
            }
        }

        foreach (string inner in Directory.EnumerateDirectories(folder).Where(d => !_skipped.Contains(Path.GetFileName(d))))
        {
            foreach (string file in Files(inner))
            {
                yield return file;
            }
        }
    }
}
