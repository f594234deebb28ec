using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace CalciumSweep.Kernels;

/// <summary>Lets the JIT print the code of a run (<c>DOTNET_JitDisasm</c>) and reads the loops of the solver out of it.</summary>
internal static partial class HotLoops
{
    private const string Header = "; Assembly listing for method ";

    /// <summary>The loops of one timed run of a scenario at a lane width.</summary>
    public static IReadOnlyList<HotLoop> Of(string scenario, int width)
    {
        string listing = Path.GetTempFileName();
        try
        {
            var child = new ProcessStartInfo(Environment.ProcessPath!)
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
                Environment = { ["DOTNET_JitDisasm"] = "*", ["DOTNET_JitStdOutFile"] = listing, ["DOTNET_TieredPGO"] = "0" },
            };
            string[] arguments = ["time", scenario, "--width", width.ToString(CultureInfo.InvariantCulture), "--runs", "2"];
            Array.ForEach(arguments, child.ArgumentList.Add);

            using Process process = Process.Start(child)!;
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return Read(File.ReadLines(listing));
        }
        finally
        {
            File.Delete(listing);
        }
    }

    /// <summary>Innermost loops with vector arithmetic in the methods of the solver; the last listing of a method counts.</summary>
    public static IReadOnlyList<HotLoop> Read(IEnumerable<string> lines)
    {
        var methods = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        List<string> body = [];
        foreach (string line in lines)
        {
            if (line.StartsWith(Header, StringComparison.Ordinal))
            {
                string method = line[Header.Length..];
                methods[method[..Math.Max(method.IndexOf('('), 1)]] = body = [];
            }
            else if (line.StartsWith("G_M", StringComparison.Ordinal))
            {
                body.Add(line[..(line.IndexOf(':') + 1)]);
            }
            else if (line.Trim() is { Length: > 0 } instruction && instruction[0] != ';')
            {
                body.Add(instruction);
            }
        }

        return [.. methods.Where(m => m.Key.Contains("CalciumSweep.Solver", StringComparison.Ordinal)).SelectMany(m => InnermostLoops(m.Key, m.Value))];
    }

    private static IEnumerable<HotLoop> InnermostLoops(string method, List<string> body)
    {
        var labels = new Dictionary<string, int>(StringComparer.Ordinal);
        var loops = new List<(int First, int Last)>();
        for (int i = 0; i < body.Count; i++)
        {
            if (body[i].EndsWith(':'))
            {
                labels[body[i][..^1]] = i;
            }
            else if (Jump().Match(body[i]) is { Success: true } jump && labels.TryGetValue(jump.Groups["label"].Value, out int first))
            {
                loops.Add((first, i));
            }
        }

        foreach (var (first, last) in loops.Where(a => !loops.Exists(b => b != a && b.First >= a.First && b.Last <= a.Last)))
        {
            string[] code = [.. body.Take(last + 1).Skip(first).Where(l => !l.EndsWith(':'))];
            string register = code.Any(l => l.Contains("zmm", StringComparison.Ordinal)) ? "zmm" : "ymm";
            string[] vector = [.. code.Where(l => l.Contains(register, StringComparison.Ordinal))];
            if (vector.Length > 4)
            {
                yield return new HotLoop(Short(method), code.Length, vector.Length, vector.Count(l => Stack().IsMatch(l)), code.Count(l => Scalar().IsMatch(l)),
                    code.Count(l => l.StartsWith("call", StringComparison.Ordinal)));
            }
        }
    }

    private static string Short(string method) => Namespace().Replace(method, "");

    [GeneratedRegex(@"^j\w+\s+(?:SHORT\s+)?(?<label>G_M\w+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Jump();

    [GeneratedRegex(@"\[(?:rsp|rbp)\b", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Stack();

    [GeneratedRegex(@"^v(?:add|sub|mul|div|sqrt|fmadd\d*|fmsub\d*|fnmadd\d*)sd\b", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Scalar();

    [GeneratedRegex(@"CalciumSweep\.Solver\.(?:\w+\.)?", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Namespace();
}
