using System.Diagnostics;

namespace CalciumSweep.EndToEnd.Cli;

/// <summary>A temporary folder and the real program run in it.</summary>
public sealed class Sandbox : IDisposable
{
    private static readonly string _program = Path.Combine(AppContext.BaseDirectory, "CalciumSweep.Coordinator.dll");

    public string Folder { get; } = Directory.CreateTempSubdirectory("calciumsweep-test-").FullName;

    /// <summary>What programs find in their environment beside what this one has.</summary>
    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    public string Data => Path.Combine(Folder, "data");

    public string Write(string name, string text)
    {
        string file = Path.Combine(Folder, name);
        File.WriteAllText(file, text);
        return file;
    }

    /// <summary>A spec of the no-op scenario: 12 × 8 points, wave where x > y.</summary>
    public string WriteSpec(string name = "spec.yaml", int replicates = 2, double cost = 0) => Write(name, $$"""
        name: diagonal
        scenario: no-op
        set: { cost: {{cost}} }
        axes:
          - { parameter: x, from: 0, to: 11, points: 12 }
          - { parameter: y, from: 0.5, to: 7.5, points: 8 }
        replicates: {{replicates}}
        seed: 7
        """);

    public Process Start(params IEnumerable<string> arguments) => Start(arguments, []);

    public Process Start(IEnumerable<string> arguments, IEnumerable<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo("dotnet", [_program, .. arguments, "--data", Data])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach ((string name, string value) in Environment.Select(pair => (pair.Key, pair.Value)).Concat(environment))
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    public Answer Run(params IEnumerable<string> arguments)
    {
        using Process process = Start(arguments);
        return Finish(process);
    }

    public static Answer Finish(Process process)
    {
        // Both at once: a full pipe would stop the process.
        string error = "";
        var reader = new Thread(() => error = process.StandardError.ReadToEnd());
        reader.Start();
        string output = process.StandardOutput.ReadToEnd();
        reader.Join();
        process.WaitForExit();
        return new(process.ExitCode, output, error);
    }

    /// <summary>All files with their contents' lengths: what is on disk.</summary>
    public string[] Inventory() =>
    [
        .. Directory.EnumerateFileSystemEntries(Folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(f => File.Exists(f) ? $"{f} {new FileInfo(f).Length}" : f),
    ];

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
