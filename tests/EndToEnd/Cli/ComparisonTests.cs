using System.Text.Json;
using Microsoft.Data.Sqlite;
using Xunit;

namespace CalciumSweep.EndToEnd.Cli;

/// <summary><c>diff</c> and <c>verify</c> on a data folder.</summary>
public sealed class ComparisonTests : IDisposable
{
    private readonly Sandbox _box = new();

    [Fact]
    public void Verify_recomputes_the_same_bits()
    {
        string id = Run(_box.WriteSpec());
        Answer answer = _box.Run("verify", id, "--sample", "1000", "--json");
        Assert.Equal((0, 192, 192), (answer.ExitCode, answer.Json.GetProperty("verified").GetInt32(), answer.Json.GetProperty("equal").GetInt32()));
        Assert.Equal(7, _box.Run("verify", id, "--sample", "7", "--json").Json.GetProperty("verified").GetInt32());
        Assert.Equal(2, _box.Run("verify", id, "--sample", "0").ExitCode);
        Assert.Equal(4, _box.Run("verify", "nothing").ExitCode);
    }

    [Fact]
    public void Verify_sees_results_that_are_not_those_of_the_spec()
    {
        string id = Run(_box.WriteSpec());
        using (var store = new SqliteConnection($"Data Source={Path.Combine(_box.Data, "results.db")};Pooling=False"))
        {
            store.Open();
            using SqliteCommand change = store.CreateCommand();
            change.CommandText = "UPDATE campaign SET spec = replace(spec, 'seed: 7', 'seed: 8')";
            Assert.Equal(1, change.ExecuteNonQuery());
        }

        Answer answer = _box.Run("verify", id, "--json");
        Assert.Equal((1, 0), (answer.ExitCode, answer.Json.GetProperty("equal").GetInt32()));
        Assert.Equal(100, answer.Json.GetProperty("different").GetArrayLength());
    }

    [Fact]
    public void Diff_finds_the_points_that_came_to_something_else()
    {
        string a = Run(_box.WriteSpec()), b = Run(_box.WriteSpec("more.yaml", replicates: 3));
        JsonElement same = _box.Run("diff", a, a, "--json").Json;
        Assert.Equal((96, 96, 0), (same.GetProperty("both").GetInt32(), same.GetProperty("equal").GetInt32(), same.GetProperty("different").GetInt32()));

        // Another number of replicates: every count differs, P(wave) does not.
        Answer answer = _box.Run("diff", a, b, "--limit", "5", "--json");
        JsonElement other = answer.Json;
        Assert.Equal((0, 96), (answer.ExitCode, other.GetProperty("different").GetInt32()));
        Assert.Equal(5, other.GetProperty("differences").GetArrayLength());
        Assert.All(other.GetProperty("differences").EnumerateArray(), d => Assert.Equal(0, d.GetProperty("deltaPWave").GetDouble()));
    }

    [Fact]
    public void Diff_compares_by_parameters_not_by_index()
    {
        string a = Run(_box.WriteSpec());
        string b = Run(_box.Write("turned.yaml", """
            name: turned
            scenario: no-op
            set: { cost: 0 }
            axes:
              - { parameter: y, from: 0.5, to: 9.5, points: 10 }
              - { parameter: x, from: 0, to: 11, points: 12 }
            replicates: 2
            seed: 7
            """));

        // The same seed: a point's random stream depends on its parameters alone.
        JsonElement diff = _box.Run("diff", a, b, "--json").Json;
        Assert.Equal((96, 0, 24), (diff.GetProperty("both").GetInt32(), diff.GetProperty("onlyA").GetInt32(), diff.GetProperty("onlyB").GetInt32()));
        Assert.Equal(96, diff.GetProperty("equal").GetInt32());
        string c = Run(_box.Write("spark.yaml", "name: spark\nscenario: spark\naxes:\n  - { parameter: release.gain, values: [1] }\nreplicates: 1\n"));
        Assert.Equal(2, _box.Run("diff", a, c).ExitCode);
    }

    public void Dispose() => _box.Dispose();

    private string Run(string spec) => _box.Run("run", spec, "--json").Json.GetProperty("campaign").GetString()!;
}
