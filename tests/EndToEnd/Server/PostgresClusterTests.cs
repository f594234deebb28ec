using System.Diagnostics;
using System.Net;
using System.Text.Json;
using CalciumSweep.EndToEnd.Cli;
using CalciumSweep.StoreTests;
using CalciumSweep.Unit;
using Xunit;

namespace CalciumSweep.EndToEnd.Server;

/// <summary>Two coordinators and two workers, each a process with a folder of its own, around one PostgreSQL database.</summary>
public sealed class PostgresClusterTests : IDisposable
{
    // 192 simulations of 0.1 s: about 10 s on the two threads, long enough to lose a coordinator in their midst.
    private const double Cost = 0.1;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(120);
    private readonly PostgresServer _database = new();
    private readonly List<Sandbox> _boxes = [];
    private readonly List<ServerProcess> _nodes = [];
    private readonly string _schema = PostgresServer.NewSchema();

    // In their order: of two coordinators it is the lower address that a majority would be made of.
    private readonly int[] _ports = [.. new[] { LocalPort.Free(), LocalPort.Free() }.Order()];

    /// <param name="killed">The coordinator that is killed: the first seed, or the other one.</param>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_coordinator_is_killed_and_the_digest_is_that_of_a_run_in_one_process(int killed)
    {
        ServerProcess[] coordinators = [Coordinator(0), Coordinator(1)];
        ServerProcess survivor = coordinators[1 - killed];
        _ = Worker();
        _ = Worker();
        JsonElement submitted = await SubmitAsync(coordinators[killed]);
        string id = submitted.GetProperty("campaign").GetString()!;
        Assert.Equal("postgresql", submitted.GetProperty("store").GetString());
        JsonElement half = await UntilAsync(survivor, id, campaign => campaign.GetProperty("done").GetInt32() >= 20);
        Assert.Equal("running", half.GetProperty("state").GetString());

        coordinators[killed].Kill();

        JsonElement whole = await UntilAsync(survivor, id, campaign => campaign.GetProperty("state").GetString() == "completed");
        Assert.Equal(192, whole.GetProperty("done").GetInt32());
        Assert.Equal(0, whole.GetProperty("quarantined").GetInt32());
        Assert.Equal(AloneDigest(), whole.GetProperty("digest").GetString());

        // What is left is a cluster for as long as one likes, whichever of the two it was.
        await GoneAsync(survivor);
        string next = (await SubmitAsync(survivor, replicates: 1)).GetProperty("campaign").GetString()!;
        await UntilAsync(survivor, next, campaign => campaign.GetProperty("state").GetString() == "completed");
    }

    public void Dispose()
    {
        _nodes.ForEach(node => node.Dispose());
        _boxes.ForEach(box => box.Dispose());
        _database.Dispose();
    }

    private static string? AloneDigest()
    {
        using var alone = new Sandbox();
        return alone.Run("run", alone.WriteSpec(cost: Cost), "--json").Json.GetProperty("digest").GetString();
    }

    // While the only other coordinator is given up nobody owns the campaign, and an answer is late or 503.
    private static async Task<JsonElement> UntilAsync(ServerProcess node, string id, Predicate<JsonElement> holds)
    {
        var start = Stopwatch.StartNew();
        string last = "";
        while (start.Elapsed < _patience)
        {
            using HttpResponseMessage response = await node.Client.GetAsync($"/api/campaigns/{id}");
            last = await response.Content.ReadAsStringAsync();
            if (response.IsSuccessStatusCode && JsonDocument.Parse(last).RootElement is var campaign && holds(campaign))
            {
                return campaign;
            }

            await Task.Delay(100);
        }

        throw new TimeoutException($"after {start.Elapsed.TotalSeconds:F0} s: {last}");
    }

    // The cluster has decided: the one that is left no longer waits for the other, and both workers are with it.
    private static async Task GoneAsync(ServerProcess node)
    {
        var start = Stopwatch.StartNew();
        string last = "";
        while (start.Elapsed < _patience)
        {
            last = await node.Client.GetStringAsync("/metrics");
            if (Nodes(last, "coordinator") == "1" && Nodes(last, "worker") == "2"
                && start.Elapsed > TimeSpan.FromSeconds(20) && (await node.GetAsync("/api/workers")).EnumerateArray()
                    .All(worker => worker.GetProperty("threads").ValueKind == JsonValueKind.Number))
            {
                return;
            }

            await Task.Delay(200);
        }

        throw new TimeoutException($"the cluster does not do without the one that is gone: {last}");

        static string? Nodes(string metrics, string role) => metrics.Split('\n')
            .FirstOrDefault(line => line.StartsWith("calciumsweep_nodes{", StringComparison.Ordinal) && line.Contains($"role=\"{role}\"", StringComparison.Ordinal))
            ?.Split('}')[1].Trim().Split(' ')[0];
    }

    private async Task<JsonElement> SubmitAsync(ServerProcess node, int replicates = 2)
    {
        var spec = new StringContent(await File.ReadAllTextAsync(_boxes[0].WriteSpec(cost: Cost, replicates: replicates)));
        using HttpResponseMessage response = await node.Client.PostAsync("/api/campaigns", spec);
        string answer = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.Created, answer);
        return JsonDocument.Parse(answer).RootElement;
    }

    private ServerProcess Coordinator(int number) => Node(isApi: true, "--role", "coordinator", "--port", $"{_ports[number]}");

    private ServerProcess Worker() => Node(isApi: false, "--role", "worker", "--workers", "1");

    private ServerProcess Node(bool isApi, params string[] arguments)
    {
        var box = new Sandbox();
        _boxes.Add(box);
        string seeds = string.Join(',', _ports.Select(port => $"127.0.0.1:{port}"));
        var node = new ServerProcess(box, isApi, [.. arguments, "--seeds", seeds, "--store", _database.Url(_schema)]);
        _nodes.Add(node);
        return node;
    }
}
