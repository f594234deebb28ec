using System.Text.Json;
using Xunit;

namespace CalciumSweep.EndToEnd.Cli;

/// <summary>One campaign from run to results, through the real program.</summary>
public sealed class CampaignTests : IDisposable
{
    private const int Points = 96, Replicates = 2;

    // x > y on x = 0…11, y = 0.5…7.5 in whole steps: 11 − k of the twelve x lie above y = k + 0.5, k = 0…7.
    private const int WavePoints = (8 * 11) - 28;

    private readonly Sandbox _box = new();

    [Fact]
    public void Run_answers_with_the_object_of_the_contract_and_again_from_the_store()
    {
        string spec = _box.WriteSpec();
        Answer first = _box.Run("run", spec, "--json");
        Assert.True(first.ExitCode == 0, first.Error + first.Output);
        JsonElement run = first.Json;
        Assert.StartsWith("diagonal-", run.GetProperty("campaign").GetString(), StringComparison.Ordinal);
        Assert.Equal("completed", run.GetProperty("state").GetString());
        Assert.Equal((Points, Points * Replicates), (run.GetProperty("points").GetInt32(), run.GetProperty("simulations").GetInt32()));
        Assert.Equal(Points * Replicates, run.GetProperty("done").GetInt32());
        Assert.Equal(0, run.GetProperty("quarantined").GetInt32());
        Assert.Equal(WavePoints * Replicates, run.GetProperty("outcomes").GetProperty("wave").GetInt32());
        Assert.Matches("^sha256:[0-9a-f]{64}$", run.GetProperty("digest").GetString()!);
        Assert.Equal("sqlite", run.GetProperty("store").GetString());

        JsonElement again = _box.Run("run", spec, "--json").Json;
        Assert.Equal(0, again.GetProperty("simulated").GetInt32());
        Assert.Equal(run.GetProperty("digest").GetString(), again.GetProperty("digest").GetString());
    }

    [Fact]
    public void Stored_results_come_out_in_every_form()
    {
        JsonElement run = _box.Run("run", _box.WriteSpec(), "--json").Json;
        string id = run.GetProperty("campaign").GetString()!, digest = run.GetProperty("digest").GetString()!;

        Assert.Equal(digest, _box.Run("status", id[..10], "--json").Json.GetProperty("digest").GetString());
        Assert.Equal(id, _box.Run("list", "--json").Json[0].GetProperty("campaign").GetString());
        Assert.True(File.Exists(Path.Combine(_box.Data, id, "phase.png")));

        string[] csv = _box.Run("export", id, "--format", "csv").Output.TrimEnd().Split('\n');
        Assert.Equal(Points + 1, csv.Length);
        Assert.StartsWith("x [1],y [1],n,quiescent,wave,p_wave", csv[0], StringComparison.Ordinal);
        Assert.Equal(string.Join('\n', csv), File.ReadAllText(Path.Combine(_box.Data, id, "points.csv")).TrimEnd());
        Assert.Equal((Points * Replicates) + 1, _box.Run("export", id, "--replicates").Output.TrimEnd().Split('\n').Length);

        JsonElement json = _box.Run("export", id, "--format", "json").Json;
        Assert.Equal(Points, json.GetProperty("points").GetArrayLength());
        Assert.Equal(2, json.GetProperty("points")[0].GetProperty("n").GetInt32());

        // Between x = k and k + 1 the share of waves jumps from 0 to 1 for y = k + 0.5.
        Assert.All(json.GetProperty("boundary").EnumerateArray(), p => Assert.Equal(p.GetProperty("y").GetDouble(), p.GetProperty("x").GetDouble(), 1e-12));
        Assert.Equal(8, json.GetProperty("boundary").GetArrayLength());

        string figure = Path.Combine(_box.Folder, "map.png");
        Assert.Equal(0, _box.Run("plot", id, "--out", figure).ExitCode);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(figure)[..4]);
        Assert.Contains("boundary", _box.Run("plot", id).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stored_point_is_recomputed_bit_for_bit()
    {
        string id = _box.Run("run", _box.WriteSpec(), "--json").Json.GetProperty("campaign").GetString()!;
        string[] stored = _box.Run("export", id, "--replicates").Output.Split('\n').First(l => l.StartsWith("3,2.5,", StringComparison.Ordinal)).Split(',');
        JsonElement again = _box.Run("simulate", "--campaign", id, "--at", "x=3,y=2.5", "--json").Json;
        Assert.Equal(stored[^1], again.GetProperty("observables").GetProperty("draw").GetProperty("value").GetRawText());
        Assert.Equal("wave", again.GetProperty("outcome").GetString());
    }

    [Fact]
    public void Simulate_answers_with_one_object_or_a_list()
    {
        JsonElement one = _box.Run("simulate", "no-op", "--set", "x=2", "--set", "y=1", "--json").Json;
        Assert.Equal(("no-op", 1, "wave"), (one.GetProperty("scenario").GetString(), one.GetProperty("seed").GetInt32(), one.GetProperty("outcome").GetString()));
        Assert.Equal(2, one.GetProperty("parameters").GetProperty("x").GetDouble());
        Assert.Equal(3, one.GetProperty("observables").GetProperty("sum").GetProperty("value").GetDouble());
        Assert.Equal(JsonValueKind.Null, one.GetProperty("reason").ValueKind);
        Assert.Equal(5, _box.Run("simulate", "no-op", "--replicates", "5", "--json").Json.GetArrayLength());
        Assert.Equal(3, _box.Run("simulate", "no-op", "--axis", "x=1,2,3", "--json").Json.GetArrayLength());
        Assert.False(Directory.Exists(_box.Data));
    }

    [Fact]
    public void An_unused_folder_lists_nothing_and_an_unknown_campaign_is_not_found()
    {
        Answer list = _box.Run("list", "--json");
        Assert.Equal((0, 0), (list.ExitCode, list.Json.GetArrayLength()));
        string id = _box.Run("run", _box.WriteSpec(), "--json").Json.GetProperty("campaign").GetString()!;
        foreach (string verb in (string[])["status", "export", "plot", "resume", "cancel"])
        {
            Answer answer = _box.Run(verb, "nothing");
            Assert.Equal(4, answer.ExitCode);
            Assert.Contains(id, answer.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Describe_and_validate_tell_what_there_is()
    {
        JsonElement described = _box.Run("describe", "no-op", "--json").Json;
        Assert.Equal("x", described.GetProperty("parameters")[0].GetProperty("name").GetString());
        Assert.Contains(_box.Run("describe", "mechanisms", "--json").Json.EnumerateArray(), m => m.GetProperty("id").GetString() == "serca.hill");
        JsonElement pump = _box.Run("describe", "serca.hill", "--json").Json;
        Assert.Contains("c²", pump.GetProperty("law").GetString(), StringComparison.Ordinal);
        Assert.Equal("µM/s", pump.GetProperty("parameters")[0].GetProperty("unit").GetString());
        Assert.Contains("no-op", _box.Run("scenarios").Output, StringComparison.Ordinal);
        JsonElement plan = _box.Run("validate", _box.WriteSpec(), "--json").Json;
        Assert.Equal(Points * Replicates, plan.GetProperty("simulations").GetInt32());
        Assert.False(Directory.Exists(_box.Data));
    }

    public void Dispose() => _box.Dispose();
}
