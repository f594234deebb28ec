using System.Diagnostics;
using System.Runtime.InteropServices;

namespace CalciumSweep.Chaos;

/// <summary>Programs and signals of the operating system.</summary>
internal static partial class Shell
{
    public const int SigKill = 9, SigTerm = 15, SigStop = 19, SigContinue = 18, SigInt = 2;

    public static bool IsRoot => Environment.IsPrivilegedProcess;

    /// <summary>Sends a signal; nothing happens if the process is gone.</summary>
    public static void Signal(int process, int signal) => _ = Kill(process, signal);

    /// <summary>Runs a program to its end.</summary>
    /// <param name="input">What it reads.</param>
    /// <param name="command">The program and its arguments.</param>
    /// <returns>What it wrote.</returns>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static string Run(string? input, params string[] command)
    {
        (int code, string output, string error) = Try(input, command);
        return code == 0 ? output : throw new InvalidOperationException($"{string.Join(' ', command)}: exit {code}: {error}{output}");
    }

    /// <summary>Runs a program to its end, whatever that is.</summary>
    public static (int Code, string Output, string Error) Try(string? input, params string[] command)
    {
        using Process process = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        string error = "";
        var reader = new Thread(() => error = process.StandardError.ReadToEnd());
        reader.Start();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd();
        reader.Join();
        process.WaitForExit();
        return (process.ExitCode, output, error);
    }

    /// <summary>True if the system has the program.</summary>
    public static bool Has(string program) => new[] { "/usr/sbin", "/usr/bin", "/sbin", "/bin" }
        .Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <summary>Core time of a process so far, also that of its children that have ended; 0 if it is gone.</summary>
    public static double CoreSeconds(int process)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{process}/stat");
            string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');

            // utime, stime, cutime, cstime, in ticks of 10 ms
            return fields[11..15].Sum(ticks => double.Parse(ticks, System.Globalization.CultureInfo.InvariantCulture)) / 100;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    /// <summary>Processes that a process started and that are there.</summary>
    public static IReadOnlyList<int> Children(int parent) =>
    [
        .. Directory.GetDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), out int id) ? id : 0)
            .Where(id => id > 0 && ParentOf(id) == parent),
    ];

    /// <summary>What a process is, for a message: its state, its parent and its command.</summary>
    public static string Describe(int process)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{process}/stat");
            string command = File.ReadAllText($"/proc/{process}/cmdline").Replace('\0', ' ').Trim();
            return $"{process} ({stat[stat.LastIndexOf(')') + 2]}, of {ParentOf(process)}): {command}";
        }
        catch (IOException)
        {
            return $"{process} (it has ended)";
        }
    }

    private static int ParentOf(int id)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{id}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0; // it has ended since
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
