using System.Text.Json;
using Xunit;

namespace CalciumSweep.EndToEnd.Cli;

/// <summary>Commands that change campaigns of a data folder that no server works on.</summary>
public sealed class FolderCommandsTests : IDisposable
{
    private readonly Sandbox _box = new();

    [Fact]
    public void A_deleted_campaign_is_gone_and_can_be_simulated_again()
    {
        string spec = _box.WriteSpec();
        JsonElement first = _box.Run("run", spec, "--json").Json;
        string id = first.GetProperty("campaign").GetString()!;
        Answer deleted = _box.Run("delete", id, "--json");
        Assert.Equal((0, true), (deleted.ExitCode, deleted.Json.GetProperty("deleted").GetBoolean()));
        Assert.Equal(0, _box.Run("list", "--json").Json.GetArrayLength());
        Assert.False(Directory.Exists(Path.Combine(_box.Data, id)));
        Assert.Equal(4, _box.Run("delete", id).ExitCode);

        JsonElement again = _box.Run("run", spec, "--json").Json;
        Assert.Equal(192, again.GetProperty("simulated").GetInt32());
        Assert.Equal(first.GetProperty("digest").GetString(), again.GetProperty("digest").GetString());
    }

    [Fact]
    public void A_campaign_waits_paused_or_cancelled_until_it_is_wanted()
    {
        // 192 simulations of 50 ms: none of the short-lived nodes gets through them.
        string id = _box.Run("submit", _box.WriteSpec(cost: 0.05), "--json").Json.GetProperty("campaign").GetString()!;
        Assert.Equal(3, _box.Run("watch", id).ExitCode);
        Assert.Equal("paused", State("pause", id));
        Assert.Equal(3, _box.Run("watch", id).ExitCode);
        Assert.Equal("cancelled", State("cancel", id));
        Assert.Equal(1, _box.Run("watch", id).ExitCode);
        Assert.Equal("completed", State("resume", id));
        Assert.Equal(0, _box.Run("watch", id).ExitCode);
    }

    [Fact]
    public void Quarantined_simulations_are_queued_again()
    {
        // The second point has some 10¹⁰ events, which no machine does in 0.2 s.
        string spec = _box.Write("slow.yaml", """
            name: slow
            scenario: channel-cluster
            set: { channels: 1000, opening.rate: 1000000, closing.rate: 1000000 }
            axes:
              - { parameter: duration, values: [0.000001, 10] }
            limits: { attempts: 1, wallTime: 0.2 s }
            """);
        JsonElement run = _box.Run("run", spec, "--json").Json;
        Assert.Equal(1, run.GetProperty("quarantined").GetInt32());
        JsonElement retried = _box.Run("retry", "slow", "--json").Json;
        Assert.Equal(("interrupted", 0), (retried.GetProperty("state").GetString(), retried.GetProperty("quarantined").GetInt32()));
        Assert.Equal(1, _box.Run("resume", "slow", "--json").Json.GetProperty("quarantined").GetInt32());
    }

    [Fact]
    public void A_campaign_is_labelled_and_found_by_its_tags()
    {
        string id = _box.Run("submit", _box.WriteSpec(), "--json").Json.GetProperty("campaign").GetString()!;
        JsonElement said = _box.Run("label", id, "--tag", "fig-3", "--tag", "µ", "--note", "first try", "--json").Json;
        Assert.Equal(["fig-3", "µ"], said.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()), StringComparer.Ordinal);
        Assert.Equal("first try", said.GetProperty("note").GetString());
        Assert.Equal((1, 1, 0), (Listed("µ"), Listed("fig-3", "µ"), Listed("fig-3", "fig-4")));
        Assert.Contains("no campaign has the tag fig-4", _box.Run("list", "--tag", "fig-4").Output, StringComparison.Ordinal);

        // What is not given stays; what is empty goes.
        Assert.Equal("first try", _box.Run("label", id, "--tag", "other", "--json").Json.GetProperty("note").GetString());
        said = _box.Run("label", id, "--no-tags", "--note", "", "--json").Json;
        Assert.False(said.TryGetProperty("tags", out _) || said.TryGetProperty("note", out _));

        foreach (string[] wrong in (string[][])[[], ["--tag", "two words"], ["--tag", "a", "--no-tags"], ["--note", "x", "--priority", "11"]])
        {
            Assert.Equal(2, _box.Run(["label", id, .. wrong, "--json"]).ExitCode);
        }

        Assert.False(_box.Run("status", id, "--json").Json.TryGetProperty("note", out _));
        Assert.Equal(4, _box.Run("label", "nothing", "--note", "x").ExitCode);

        int Listed(params string[] tags) => _box.Run(["list", "--json", .. tags.SelectMany(tag => (string[])["--tag", tag])]).Json.GetArrayLength();
    }

    public void Dispose() => _box.Dispose();

    private string? State(string verb, string id) => _box.Run(verb, id, "--json").Json.GetProperty("state").GetString();
}
