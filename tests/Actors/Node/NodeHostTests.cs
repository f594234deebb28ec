using CalciumSweep.Coordinator.Cli;
using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Store;
using Microsoft.Data.Sqlite;
using Xunit;

namespace CalciumSweep.Actors.Node;

/// <summary>Nodes change the process's log and compete for the cores: one after the other.</summary>
[Collection("nodes")]
public sealed class NodeHostTests
{
    private static readonly CancellationToken _never = CancellationToken.None;

    [Fact]
    public async Task A_campaign_completes_and_every_simulation_is_stored_once()
    {
        using var folder = new TemporaryFolder();
        await using NodeHost node = await NodeHost.StartAsync(new NodeSettings(folder.Path), _never);
        Plan plan = NoOpPlans.Plan(200, 50);

        await node.SubmitAsync(plan, GrainLayout.Choose(200, 50, 1e-4), _never);
        CampaignView view = await Until(node, plan, CampaignStatus.Completed);

        Assert.Equal(10_000, view.Done);
        Assert.Equal(10_000, view.Simulated);
        Assert.Equal(10_000, view.Tally.Total);
        Assert.Null(view.Problem);
        Assert.StartsWith("sha256:", view.Digest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Threads_and_the_order_of_leases_change_no_bit()
    {
        Plan plan = NoOpPlans.Plan(300, 40);
        string[] digests =
        [
            (await RunAsync(plan, settings => settings with { Workers = 1 })).Digest,
            (await RunAsync(plan, settings => settings with { Workers = 2 })).Digest,
            (await RunAsync(plan, settings => settings with { Workers = 2, ShuffleSeed = 17 })).Digest,
        ];

        Assert.Single(digests.Distinct(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_campaign_that_was_stopped_goes_on_and_ends_the_same(bool journalIsLost)
    {
        Plan plan = NoOpPlans.Plan(100, 40, cost: 0.0005);
        string whole = (await RunAsync(plan, settings => settings)).Digest;
        using var folder = new TemporaryFolder();
        long before;
        await using (NodeHost node = await NodeHost.StartAsync(new NodeSettings(folder.Path), _never))
        {
            await node.SubmitAsync(plan, Layout(plan), _never);
            while ((await node.StatusAsync(plan.Id, _never)).Done < 500)
            {
                await Task.Delay(10);
            }
        }

        using (var stored = SqliteResults.Open(Path.Combine(folder.Path, "results.db")))
        {
            before = stored.Totals(plan.Id).Simulations;
            Assert.Equal(CampaignStatus.Interrupted, stored.FindCampaign(plan.Id.Value)!.State);
        }

        if (journalIsLost)
        {
            foreach (string file in Directory.GetFiles(folder.Path, "journal.db*"))
            {
                File.Delete(file);
            }
        }

        await using NodeHost again = await NodeHost.StartAsync(new NodeSettings(folder.Path), _never);
        await again.SubmitAsync(plan, Layout(plan) with { PointsPerGrain = 1 }, _never);
        CampaignView view = await Until(again, plan, CampaignStatus.Completed);

        Assert.Equal(whole, view.Digest);
        Assert.Equal(4000 - before, view.Simulated);
        Assert.Equal(before, view.Cached);
        Assert.Equal(4000, view.Tally.Total);
    }

    [Fact]
    public async Task A_paused_campaign_stands_still_over_a_restart_and_a_cancelled_one_can_be_wanted_again()
    {
        Plan plan = NoOpPlans.Plan(100, 40, cost: 0.0005);
        using var folder = new TemporaryFolder();
        await using (NodeHost node = await NodeHost.StartAsync(new NodeSettings(folder.Path), _never))
        {
            await node.SubmitAsync(plan, Layout(plan), _never);
            Assert.Equal(CampaignStatus.Paused, (await node.PauseAsync(plan.Id, _never)).State);
        }

        await using NodeHost again = await NodeHost.StartAsync(new NodeSettings(folder.Path), _never);
        Assert.Equal(CampaignStatus.Paused, (await again.StatusAsync(plan.Id, _never)).State);
        Assert.Equal(CampaignStatus.Cancelled, (await again.CancelAsync(plan.Id, _never)).State);
        await again.SubmitAsync(plan, Layout(plan), _never);
        Assert.Equal(4000, (await Until(again, plan, CampaignStatus.Completed)).Done);
    }

    [Fact]
    public async Task A_long_journal_is_cut_behind_a_snapshot_and_recovers_from_it()
    {
        Plan plan = NoOpPlans.Plan(100, 1, cost: 2);
        using var folder = new TemporaryFolder();
        await using (NodeHost node = await NodeHost.StartAsync(new NodeSettings(folder.Path) { Workers = 1 }, _never))
        {
            await node.SubmitAsync(plan, Layout(plan), _never);
            for (int i = 0; i < 105; i++)
            {
                await node.PauseAsync(plan.Id, _never);
                await node.ResumeAsync(plan.Id, _never);
            }

            await node.CancelAsync(plan.Id, _never);
        }

        await using (var journal = new SqliteConnection($"Data Source={Path.Combine(folder.Path, "journal.db")};Pooling=False"))
        {
            await journal.OpenAsync();
            await using var count = journal.CreateCommand();
            count.CommandText = "SELECT count(*) FROM journal";

            // 212 events; the snapshot after the 200th deletes what is before it.
            Assert.InRange((long)(await count.ExecuteScalarAsync())!, 1, 20);
        }

        await using NodeHost again = await NodeHost.StartAsync(new NodeSettings(folder.Path), _never);
        CampaignView view = await again.StatusAsync(plan.Id, _never);
        Assert.Equal(CampaignStatus.Cancelled, view.State);
        Assert.Equal(100, view.Simulations);
    }

    [Fact]
    public async Task An_unknown_campaign_is_said_to_be_unknown()
    {
        using var folder = new TemporaryFolder();
        await using NodeHost node = await NodeHost.StartAsync(new NodeSettings(folder.Path), _never);

        await Assert.ThrowsAsync<UnknownCampaignException>(() => node.StatusAsync(new("nothing-000000"), _never));
    }

    private static GrainLayout Layout(Plan plan) => new(plan.Points, plan.Spec.Replicates, 1, plan.Spec.Replicates);

    private static async Task<CampaignView> RunAsync(Plan plan, Func<NodeSettings, NodeSettings> change)
    {
        using var folder = new TemporaryFolder();
        await using NodeHost node = await NodeHost.StartAsync(change(new NodeSettings(folder.Path)), _never);
        await node.SubmitAsync(plan, Layout(plan), _never);
        return await Until(node, plan, CampaignStatus.Completed);
    }

    private static async Task<CampaignView> Until(NodeHost node, Plan plan, CampaignStatus status)
    {
        while (true)
        {
            CampaignView view = await node.StatusAsync(plan.Id, _never);
            if (view.State == status)
            {
                return view;
            }

            await Task.Delay(20);
        }
    }
}
