using System.Diagnostics;
using CalciumSweep.Unit;

namespace CalciumSweep.Physics;

/// <summary>A mechanism is one file: a copy of the solver with one file more knows it everywhere.</summary>
public sealed class AddedMechanismTests
{
    private const string Law = """
        using System.Runtime.CompilerServices;
        using CalciumSweep.Solver.Lanes;

        namespace CalciumSweep.Solver.Mechanisms;

        /// <summary>Uptake with the exponent 3, which is in no other file:  J = −v·c³ / (k³ + c³).</summary>
        public readonly struct AddedUptake<V>(V v, V k) : IMechanism<AddedUptake<V>, V>
            where V : unmanaged, ILanes<V>
        {
            private readonly V _v = v, _k3 = k * k * k;

            /// <inheritdoc/>
            public static MechanismInfo Info { get; } = new("added.uptake", Source: "written by a test")
            {
                Pools = ["cytosol", "store"],
                Flows = [new(Into: "cytosol", From: "store")],
                Parameters = [new("vmax", "µM/s", Default: 10, Min: 0, Max: 100, "maximal rate"), new("k", "µM", Default: 0.2, Min: 1e-3, Max: 5, "half-saturation")],
            };

            /// <inheritdoc/>
            public static AddedUptake<V> Load(Rates<V> rates) => new(v: rates["vmax"], k: rates["k"]);

            /// <inheritdoc/>
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public void Flux<C>(ref C cell)
                where C : struct, ICell<V>
            {
                V c = cell.Pool(0), c2 = c * c, r = 1 / (_k3 + (c2 * c)), vr = _v * r;
                cell.Flow(0, -(vr * c2 * c), byInto: -3 * (vr * _k3 * r * c2));
            }
        }
        """;

    /// <summary>The solver with it, in place of the one that these tests were built with: they run on it, those of the added mechanism only.</summary>
    [Fact]
    public async Task One_file_more_and_describe_validation_and_the_property_tests_have_it()
    {
        // Within the checkout, whose pages some of the tests read.
        string scratch = Path.Combine(AppContext.BaseDirectory, "..", $"added-mechanism-{Environment.ProcessId}");
        try
        {
            string solver = Path.Combine(scratch, "Solver"), tests = Path.Combine(scratch, "tests");
            Copy(Repository.PathOf("Solver"), solver, file => Path.GetExtension(file) is ".cs" or ".csproj");
            Copy(AppContext.BaseDirectory, tests, _ => true);
            await File.WriteAllTextAsync(Path.Combine(solver, "Mechanisms", "AddedUptake.cs"), Law);
            await DotnetAsync("build", solver, "-c", "Release", "-p:RunAnalyzers=false", "-nodeReuse:false", "-o", Path.Combine(scratch, "built"));
            foreach (string extension in (string[])["dll", "xml"])
            {
                File.Copy(Path.Combine(scratch, "built", $"CalciumSweep.Solver.{extension}"), Path.Combine(tests, $"CalciumSweep.Solver.{extension}"), overwrite: true);
            }

            string output = await DotnetAsync("vstest", Path.Combine(tests, "CalciumSweep.Physics.dll"), "--TestCaseFilter:DisplayName~added.uptake", "--logger:console;verbosity=normal");
            foreach (string test in typeof(MechanismTests).GetMethods().Where(m => m.IsDefined(typeof(TheoryAttribute), inherit: false)).Select(m => m.Name))
            {
                Assert.Contains($"Passed {typeof(MechanismTests).FullName}.{test}(id: \"added.uptake\")", output, StringComparison.Ordinal);
            }
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private static void Copy(string from, string to, Func<string, bool> wanted)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(wanted))
        {
            string path = Path.GetRelativePath(from, file);
            if (path.Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(to, path))!);
                File.Copy(file, Path.Combine(to, path));
            }
        }
    }

    private static async Task<string> DotnetAsync(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        output += await error;
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, output);
        return output;
    }
}
