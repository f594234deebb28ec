using System.Runtime.Versioning;
using System.Text.Json;
using CalciumSweep.EndToEnd.Cli;
using Xunit;

namespace CalciumSweep.EndToEnd.Server;

/// <summary>A server's life through the real program: submit, watch, restart, kill, stop.</summary>
public sealed class UpTests : IDisposable
{
    private const int Simulations = 12 * 8 * 2;

    // 192 simulations of 50 ms: about 5 s on two threads, so that whatever happens finds it at work.
    private const double Cost = 0.05, KilledCost = 0.1, Endless = 1;

    private readonly Sandbox _box = new();

    [Fact]
    public void A_campaign_is_submitted_watched_and_read_over_a_server()
    {
        using var server = new ServerProcess(_box);
        string[] there = ["--server", server.Url, "--token", server.Token];
        Answer submitted = _box.Run(["submit", _box.WriteSpec(), "--json", .. there]);
        Assert.True(submitted.ExitCode == 0, submitted.Error + submitted.Output);
        string id = submitted.Json.GetProperty("campaign").GetString()!;
        Assert.StartsWith("diagonal-", id, StringComparison.Ordinal);

        Answer watched = _box.Run(["watch", id[..12], "--json", .. there]);
        Assert.Equal(0, watched.ExitCode);
        Assert.Equal(("completed", Simulations), (State(watched.Json), watched.Json.GetProperty("done").GetInt32()));

        string? digest = watched.Json.GetProperty("digest").GetString();
        Assert.Equal(digest, _box.Run(["status", id, "--json", .. there]).Json.GetProperty("digest").GetString());
        Assert.Equal(id, _box.Run(["list", "--json", .. there]).Json[0].GetProperty("campaign").GetString());
        Assert.Equal(digest, AloneDigest(cost: 0));

        string table = Path.Combine(_box.Folder, "table.csv");
        Assert.Equal(0, _box.Run(["export", id, "--out", table, .. there]).ExitCode);
        Assert.Equal(97, File.ReadAllLines(table).Length);
        Assert.Equal(96, _box.Run(["export", id, "--format", "json", .. there]).Json.GetProperty("points").GetArrayLength());
        Assert.Contains("boundary", _box.Run(["plot", id, .. there]).Output, StringComparison.Ordinal);
        Answer point = _box.Run(["simulate", "--campaign", id, "--at", "x=3,y=2.5", "--json", .. there]);
        Assert.Equal("wave", point.Json.GetProperty("outcome").GetString());
        Answer verified = _box.Run(["verify", id, "--sample", "20", "--json", .. there]);
        Assert.Equal((0, 20), (verified.ExitCode, verified.Json.GetProperty("equal").GetInt32()));
    }

    [Fact]
    public void Commands_on_a_data_folder_find_the_server_that_works_on_it()
    {
        using var server = new ServerProcess(_box);
        string id = _box.Run("submit", _box.WriteSpec(cost: Endless), "--priority", "3", "--json").Json.GetProperty("campaign").GetString()!;
        Assert.Equal("paused", State(_box.Run("pause", id, "--json").Json));
        Answer watched = _box.Run("watch", id, "--json");
        Assert.Equal((3, "paused"), (watched.ExitCode, State(watched.Json)));
        Assert.Equal("running", State(_box.Run("resume", id, "--json").Json));
        Assert.Equal("cancelled", State(_box.Run("cancel", id, "--json").Json));
        Assert.Equal(1, _box.Run("watch", id, "--json").ExitCode);
        Answer retried = _box.Run("retry", id, "--json");
        Assert.Equal((0, 0), (retried.ExitCode, retried.Json.GetProperty("quarantined").GetInt32()));
        Assert.True(_box.Run("delete", id, "--json").Json.GetProperty("deleted").GetBoolean());
        Assert.Equal(0, _box.Run("list", "--json").Json.GetArrayLength());
        Assert.Equal(4, _box.Run("status", id, "--json").ExitCode);
    }

    [Fact]
    public void A_restarted_server_keeps_its_token_and_goes_on_with_its_campaigns()
    {
        string token, id;
        using (var server = new ServerProcess(_box))
        {
            token = server.Token;
            id = Submit(Cost);
            Assert.Equal(0, server.Terminate());
        }

        Assert.Equal("interrupted", State(_box.Run("status", id, "--json").Json));
        Assert.Equal(token, File.ReadAllText(Path.Combine(_box.Data, "token")).Trim());
        Assert.True(OperatingSystem.IsWindows() || IsForOwnerAlone(Path.Combine(_box.Data, "token")));

        using var again = new ServerProcess(_box);
        Assert.Equal(token, again.Token);
        Assert.Equal(id, again.Start.GetProperty("resumed")[0].GetString());
        Assert.Equal(AloneDigest(Cost), _box.Run("watch", id, "--json").Json.GetProperty("digest").GetString());
    }

    [Fact]
    public void A_killed_server_started_again_ends_with_the_same_digest()
    {
        string id;
        using (var server = new ServerProcess(_box))
        {
            id = Submit(KilledCost);
            while (_box.Run("status", id, "--json").Json.GetProperty("done").GetInt32() == 0)
            {
                Thread.Sleep(50);
            }

            server.Kill();
        }

        // The note of the killed server does not mislead: nobody holds the folder.
        JsonElement left = _box.Run("status", id, "--json").Json;
        Assert.Equal("interrupted", State(left));
        Assert.InRange(left.GetProperty("done").GetInt32(), 1, Simulations - 1);

        using var again = new ServerProcess(_box);
        JsonElement whole = _box.Run("watch", id, "--json").Json;
        Assert.Equal((Simulations, AloneDigest(KilledCost)), (whole.GetProperty("done").GetInt32(), whole.GetProperty("digest").GetString()));
    }

    [Fact]
    public async Task Sigterm_is_graceful()
    {
        using var server = new ServerProcess(_box);
        string id = Submit(Cost);
        using Stream events = await server.Client.GetStreamAsync("/api/events");
        Assert.Equal(0, server.Terminate());

        // The stream of events ended with it, in order.
        using var reader = new StreamReader(events);
        Assert.Contains("retry:", await reader.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_box.Data, "server")));
        Assert.Equal("interrupted", State(_box.Run("list", "--json").Json[0]));
        Assert.Equal(3, _box.Run("watch", id).ExitCode);
    }

    [Fact]
    public void Submitted_to_a_folder_without_a_server_a_campaign_waits_for_one()
    {
        Answer submitted = _box.Run("submit", _box.WriteSpec(cost: Cost), "--json");
        Assert.Equal((0, "interrupted"), (submitted.ExitCode, State(submitted.Json)));
        using var server = new ServerProcess(_box);
        Answer watched = _box.Run("watch", "diagonal", "--json");
        Assert.Equal((0, "completed"), (watched.ExitCode, State(watched.Json)));
    }

    [Fact]
    public async Task Several_campaigns_are_simulated_at_once()
    {
        using var server = new ServerProcess(_box);
        string first = Submit(Endless);
        string second = _box.Run("submit", _box.WriteSpec("other.yaml", replicates: 3), "--json").Json.GetProperty("campaign").GetString()!;
        Assert.NotEqual(first, second, StringComparer.Ordinal);
        Assert.Equal(0, _box.Run("watch", second).ExitCode);

        // 288 simulations that cost nothing do not wait for those that cost a minute and a half.
        JsonElement list = await server.GetAsync("/api/campaigns");
        Assert.Equal("running", State(list[0]));
        Assert.Equal("completed", State(list[1]));
    }

    public void Dispose() => _box.Dispose();

    [UnsupportedOSPlatform("windows")]
    private static bool IsForOwnerAlone(string file) => File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite);

    private static string? State(JsonElement answer) => answer.GetProperty("state").GetString();

    private static string? AloneDigest(double cost)
    {
        using var other = new Sandbox();
        return other.Run("run", other.WriteSpec(cost: cost), "--json").Json.GetProperty("digest").GetString();
    }

    private string Submit(double cost) => _box.Run("submit", _box.WriteSpec(cost: cost), "--json").Json.GetProperty("campaign").GetString()!;
}
