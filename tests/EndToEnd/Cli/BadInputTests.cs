using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Xunit;

namespace CalciumSweep.EndToEnd.Cli;

/// <summary>Contract §5, one by one: exit 2, a sentence that names the thing, and nothing changed on disk.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly Sandbox _box = new();

    public static TheoryData<string, string, string> Specs => new()
    {
        { "unknown key", "replicats: 3", "replicats" },
        { "unknown parameter", "set: { coste: 1 }", "coste" },
        { "unknown unit", "set: { cost: 1 parsec }", "parsec" },
        { "wrong unit", "set: { cost: 1 µM }", "µM" },
        { "value out of bounds", "set: { cost: 61 }", "cost" },
        { "sampling not there yet", "sampling: { sobol: 100 }", "not available yet" },
        { "sequential replicates", "replicates: { from: 8, to: 400, decide: wave, confidence: 0.95 }", "not available yet" },
    };

    public static TheoryData<string, string, string> Axes => new()
    {
        { "unknown parameter", "{ parameter: xx, from: 0, to: 1, points: 3 }", "xx" },
        { "twice", "{ parameter: x, from: 0, to: 1, points: 3 }\n  - { parameter: x, values: [1, 2] }", "x" },
        { "empty", "{ parameter: x, values: [] }", "x" },
        { "log through zero", "{ parameter: x, from: -1, to: 1, points: 3, scale: log }", "log" },
        { "out of bounds", "{ parameter: cost, from: 0, to: 1000, points: 3 }", "cost" },
        { "more points than 64 bit",
            "{ parameter: x, from: 0, to: 1, points: 4000000000 }\n  - { parameter: y, from: 0, to: 1, points: 4000000000 }", "points" },
    };

    [Theory]
    [MemberData(nameof(Specs))]
    public void A_wrong_spec_is_refused(string what, string line, string named) => Refuses(
        _box.Write("bad.yaml", $"name: bad\nscenario: no-op\n{line}\naxes:\n  - {{ parameter: x, from: 0, to: 1, points: 3 }}\n"), named, what);

    [Theory]
    [MemberData(nameof(Axes))]
    public void A_wrong_axis_is_refused(string what, string axis, string named) =>
        Refuses(_box.Write("bad.yaml", $"name: bad\nscenario: no-op\naxes:\n  - {axis}\n"), named, what);

    [Fact]
    public void An_unknown_scenario_is_refused_with_the_nearest_name() =>
        Refuses(_box.Write("bad.yaml", "name: bad\nscenario: no-opp\naxes:\n  - { parameter: x, values: [1] }\n"), "mean no-op?", "scenario");

    [Fact]
    public void A_file_that_is_not_yaml_is_refused() => Refuses(_box.Write("bad.yaml", "name: [\n\u0001{{"), "bad.yaml", "not YAML");

    [Fact]
    public void An_empty_file_is_refused() => Refuses(_box.Write("bad.yaml", ""), "bad.yaml", "empty");

    [Fact]
    public void A_file_that_is_not_there_is_refused() => Refuses(Path.Combine(_box.Folder, "absent.yaml"), "absent.yaml", "absent");

    [Fact]
    public void A_directory_is_refused() => Refuses(_box.Folder, "folder", "directory");

    [Fact]
    public void A_file_of_100_MB_is_refused()
    {
        string file = _box.Write("large.yaml", "name: large\n");
        using (FileStream stream = File.OpenWrite(file))
        {
            stream.SetLength(100_000_000);
        }

        Refuses(file, "large.yaml", "100 MB");
    }

    [Fact]
    public void A_yaml_bomb_is_refused()
    {
        var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++)
        {
            text.Append($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 9))}]\n");
        }

        Refuses(_box.Write("bomb.yaml", text.ToString()), "bomb.yaml", "bomb");
    }

    [Fact]
    public void A_data_folder_of_a_newer_version_is_refused()
    {
        Directory.CreateDirectory(_box.Data);
        File.WriteAllText(Path.Combine(_box.Data, "format"), "99\n");
        Refuses(_box.WriteSpec(), "newer", "newer");
    }

    [Fact]
    public void A_data_folder_that_is_a_file_is_refused()
    {
        File.WriteAllText(_box.Data, "something");
        Refuses(_box.WriteSpec(), "data", "file");
    }

    [Fact]
    public void A_data_folder_in_use_is_refused()
    {
        string spec = _box.WriteSpec(cost: 0.2);
        using Process first = _box.Start("run", spec, "--workers", "1");
        try
        {
            string results = Path.Combine(_box.Data, "results.db");
            while (!File.Exists(results) && !first.HasExited)
            {
                Thread.Sleep(20);
            }

            Answer second = _box.Run("run", _box.WriteSpec("other.yaml", replicates: 3));
            Assert.Equal(2, second.ExitCode);
            Assert.Contains("use", second.Error, StringComparison.Ordinal);
        }
        finally
        {
            first.Kill();
            first.WaitForExit();
        }
    }

    [Theory]
    [InlineData("simulate", "no-op", "--set", "xx=1")]
    [InlineData("simulate", "no-op", "--set", "cost=61")]
    [InlineData("simulate", "no-op", "--set", "cost")]
    [InlineData("simulate", "no-op", "--width", "3")]
    [InlineData("simulate", "no-opp")]
    [InlineData("describe", "no-opp")]
    [InlineData("export", "x", "--format", "hdf5")]
    [InlineData("export", "x", "--format", "json", "--replicates")]
    [InlineData("lisst")]
    [InlineData("list", "--nonsense")]
    public void A_wrong_command_line_is_refused(params string[] arguments)
    {
        Answer text = _box.Run(arguments), json = _box.Run([.. arguments, "--json"]);
        Assert.Equal((2, 2, ""), (text.ExitCode, json.ExitCode, text.Output));
        Assert.NotEmpty(text.Error);
        Assert.False(string.IsNullOrEmpty(Errors(json)[0].GetProperty("message").GetString()));
    }

    public void Dispose() => _box.Dispose();

    private static JsonElement Errors(Answer answer)
    {
        JsonElement errors = answer.Json.GetProperty("errors");
        Assert.All(errors.EnumerateArray(), error => Assert.Equal(
            ["message", "path", "line", "column", "hint"], error.EnumerateObject().Select(p => p.Name), StringComparer.Ordinal));
        return errors;
    }

    private void Refuses(string spec, string named, string what)
    {
        string[] before = _box.Inventory();
        Answer text = _box.Run("run", spec), json = _box.Run("run", spec, "--json");
        Assert.True(text.ExitCode == 2, $"{what}: exit {text.ExitCode}, {text.Error}");
        Assert.Contains(named, text.Error, StringComparison.Ordinal);
        Assert.Equal((2, ""), (json.ExitCode, text.Output));
        Assert.NotEqual(0, Errors(json).GetArrayLength());
        Assert.Equal(before, _box.Inventory(), StringComparer.Ordinal);
    }
}
