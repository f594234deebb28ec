using System.Diagnostics;

namespace CalciumSweep.KubernetesTests;

/// <summary>A program that was run to its end.</summary>
internal sealed record Command(int ExitCode, string Output, string Error)
{
    /// <summary>Runs one.</summary>
    public static Command Run(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };

        // Nothing of the user's own: no cluster, no plugins, no repositories.
        string home = Path.Combine(Path.GetTempPath(), "calciumsweep-no-helm-home");
        foreach (string name in (string[])["KUBECONFIG", "HELM_CONFIG_HOME", "HELM_CACHE_HOME", "HELM_DATA_HOME"])
        {
            start.Environment[name] = home;
        }

        using Process process = Process.Start(start)!;

        // Both at once: a full pipe would stop the process.
        string error = "";
        var reader = new Thread(() => error = process.StandardError.ReadToEnd());
        reader.Start();
        string output = process.StandardOutput.ReadToEnd();
        reader.Join();
        process.WaitForExit();
        return new(process.ExitCode, output, error);
    }

    /// <summary>What it wrote to standard output.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public string OutputOrThrow() => ExitCode == 0 ? Output : throw new InvalidOperationException($"exit {ExitCode}\n{Error}\n{Output}");
}
