using System.Text.Json;
using CalciumSweep.EndToEnd.Cli;
using Xunit;

namespace CalciumSweep.EndToEnd.Server;

/// <summary>Several processes on one machine are one cluster: a coordinator, and workers that come and go.</summary>
public sealed class ClusterTests : IDisposable
{
    // 192 simulations of 50 ms: about 10 s on the one thread of a worker.
    private const double Cost = 0.05;

    private readonly Sandbox _box = new();

    [Fact]
    public async Task A_coordinator_and_a_worker_find_each_other_and_finish_a_campaign()
    {
        using var coordinator = new ServerProcess(_box, "--role", "coordinator");
        string id = _box.Run("submit", _box.WriteSpec(cost: Cost), "--json").Json.GetProperty("campaign").GetString()!;
        Assert.Equal(0, (await coordinator.GetAsync("/api/workers")).GetArrayLength());

        using var worker = Worker(coordinator);
        JsonElement there = (await coordinator.GetAsync("/api/workers")).EnumerateArray().Single();
        Assert.Equal((worker.Cluster, "up"), (there.GetProperty("node").GetString(), there.GetProperty("status").GetString()));
        Assert.Equal("worker", there.GetProperty("roles").EnumerateArray().Single().GetString());

        Assert.Equal((1, false), (there.GetProperty("threads").GetInt32(), there.GetProperty("self").GetBoolean()));

        JsonElement whole = _box.Run("watch", id, "--json").Json;
        Assert.Equal(("completed", 192), (whole.GetProperty("state").GetString(), whole.GetProperty("done").GetInt32()));
        Assert.Equal(AloneDigest(), whole.GetProperty("digest").GetString());
        there = (await coordinator.GetAsync("/api/workers")).EnumerateArray().Single();
        Assert.Equal(192, there.GetProperty("simulations").GetInt32());
        Assert.InRange(there.GetProperty("solverSeconds").GetDouble(), 192 * Cost, double.MaxValue);
    }

    [Fact]
    public void A_worker_leaves_and_another_finishes_what_it_held()
    {
        using var coordinator = new ServerProcess(_box, "--role", "coordinator");
        string id = _box.Run("submit", _box.WriteSpec(cost: Cost), "--json").Json.GetProperty("campaign").GetString()!;
        using (ServerProcess first = Worker(coordinator))
        {
            while (_box.Run("status", id, "--json").Json.GetProperty("done").GetInt32() == 0)
            {
                Thread.Sleep(50);
            }

            Assert.Equal(0, first.Terminate());
        }

        Assert.InRange(_box.Run("status", id, "--json").Json.GetProperty("done").GetInt32(), 1, 191);
        using ServerProcess second = Worker(coordinator);
        Assert.Equal(AloneDigest(), _box.Run("watch", id, "--json").Json.GetProperty("digest").GetString());
    }

    [Fact]
    public async Task A_drained_worker_hands_back_and_ends_and_another_finishes()
    {
        using var coordinator = new ServerProcess(_box, "--role", "coordinator");
        string id = _box.Run("submit", _box.WriteSpec(cost: Cost), "--json").Json.GetProperty("campaign").GetString()!;
        using (ServerProcess first = Worker(coordinator))
        {
            while (_box.Run("status", id, "--json").Json.GetProperty("done").GetInt32() == 0)
            {
                await Task.Delay(50);
            }

            string worker = (await coordinator.GetAsync("/api/workers")).EnumerateArray().Single().GetProperty("worker").GetString()!;
            using HttpResponseMessage drained = await coordinator.Client.PostAsync($"/api/workers/{worker}/drain", null);
            Assert.True(JsonDocument.Parse(await drained.Content.ReadAsStringAsync()).RootElement.GetProperty("drained").GetBoolean());
            Assert.Equal(0, first.WaitForExit());
        }

        Assert.InRange(_box.Run("status", id, "--json").Json.GetProperty("done").GetInt32(), 1, 191);
        using ServerProcess second = Worker(coordinator);
        Assert.Equal(AloneDigest(), _box.Run("watch", id, "--json").Json.GetProperty("digest").GetString());
    }

    public void Dispose() => _box.Dispose();

    private static string? AloneDigest()
    {
        using var other = new Sandbox();
        return other.Run("run", other.WriteSpec(cost: Cost), "--json").Json.GetProperty("digest").GetString();
    }

    // It shares the coordinator's folder, and has no API of its own.
    private ServerProcess Worker(ServerProcess coordinator) =>
        new(_box, isApi: false, "--role", "worker", "--seeds", coordinator.Cluster, "--workers", "1");
}
