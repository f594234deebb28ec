using System.ComponentModel;
using System.Diagnostics;
using CalciumSweep.EndToEnd.Cli;
using CalciumSweep.Unit;

namespace CalciumSweep.ImageTests;

/// <summary>Programs that build, load and run images, with the settings of <c>image/containers.conf</c>.</summary>
internal static class Podman
{
    private const string Packages = "buildah, podman, runc, conmon and mmdebstrap";

    /// <summary>Runs a program to its end.</summary>
    public static Answer Try(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["CONTAINERS_CONF"] = Repository.PathOf("image", "containers.conf");
        try
        {
            using Process process = Process.Start(start)!;
            return Sandbox.Finish(process);
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"'{program}' is not installed: these tests want Debian's {Packages}", e);
        }
    }

    /// <summary>The same for one that must succeed.</summary>
    /// <returns>Its standard output.</returns>
    public static string Run(string program, params IEnumerable<string> arguments)
    {
        string[] given = [.. arguments];
        Answer answer = Try(program, given);
        return answer.ExitCode == 0 ? answer.Output
            : throw new InvalidOperationException($"{program} {string.Join(' ', given)} ended with {answer.ExitCode}: {answer.Error}{answer.Output}");
    }
}
