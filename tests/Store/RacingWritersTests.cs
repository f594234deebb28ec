using System.Globalization;
using CalciumSweep.Shared.Results;
using CalciumSweep.Store;
using CalciumSweep.Unit.Results;
using CalciumSweep.Unit.Store;
using Xunit;

namespace CalciumSweep.StoreTests;

[Collection(PostgresCollection.Name)]
public sealed class RacingWritersTests(PostgresServer server) : IDisposable
{
    private static readonly CampaignRecord _campaign = ChildProgram.Campaign;
    private readonly string _schema = PostgresServer.NewSchema();

    public void Dispose() => server.Sql($"DROP SCHEMA IF EXISTS {_schema} CASCADE");

    [Fact]
    public void Three_processes_that_write_the_same_grains_count_each_once_and_never_wait_for_each_other_in_a_circle()
    {
        long deadlocks = Deadlocks();
        ChildProcess[] writers = [.. Enumerable.Range(1, 3).Select(seed => new ChildProcess("write", server.Url(_schema), $"{seed}"))];
        try
        {
            Assert.All(writers, writer => Assert.Equal("ready", writer.ReadLine()));
            Array.ForEach(writers, writer => writer.WriteLine("go"));

            int added = writers.Sum(writer => int.Parse(
                ReadToEnd(writer).Last(line => line.StartsWith("added ", StringComparison.Ordinal))["added ".Length..], CultureInfo.InvariantCulture));

            Assert.Equal(_campaign.Layout.Grains, added);
        }
        finally
        {
            Array.ForEach(writers, writer => writer.Dispose());
        }

        AssertWhole();
        Assert.Equal(deadlocks, Deadlocks());
    }

    [Fact]
    public void Two_connections_that_insert_each_others_grains_wait_and_do_not_deadlock()
    {
        // Each call brings its grains in the worst order; without sorting, each would hold what the other wants next.
        using PostgresResults a = Open(), b = Open();
        a.SaveCampaign(_campaign);
        long deadlocks = Deadlocks();
        GrainResult[] grains = Campaigns.AllGrains(_campaign);
        int added = 0;
        foreach (GrainResult[] some in grains.Chunk(50))
        {
            Parallel.Invoke(
                () => Interlocked.Add(ref added, a.WriteGrains(_campaign, some)),
                () => Interlocked.Add(ref added, b.WriteGrains(_campaign, [.. some.Reverse()])));
        }

        Assert.Equal(grains.Length, added);
        Assert.Equal(deadlocks, Deadlocks());
        AssertWhole();
    }

    [Fact]
    public void A_layout_does_not_change_under_a_writer()
    {
        using PostgresResults a = Open(), b = Open();
        for (int round = 0; round < 100; round++)
        {
            CampaignRecord first = Campaigns.Of($"layout-{round}", new GrainLayout(7, 4, 2, 4));
            CampaignRecord second = first with { Layout = new GrainLayout(7, 4, 1, 4) };
            a.SaveCampaign(first);
            bool written = false, changed = false;
            Parallel.Invoke(
                () => written = Succeeds(() => a.WriteGrains(first, Campaigns.AllGrains(first))),
                () => changed = Succeeds(() => b.SaveCampaign(second)));

            // One of them came first, and the other was refused.
            Assert.NotEqual(written, changed);
            Assert.Equal(changed ? second.Layout : first.Layout, a.FindCampaign(first.Id.Value)!.Layout);
        }
    }

    [Fact]
    public void A_campaign_that_is_deleted_under_a_writer_leaves_nothing_behind()
    {
        using PostgresResults a = Open(), b = Open();
        for (int round = 0; round < 20; round++)
        {
            a.SaveCampaign(_campaign);
            Parallel.Invoke(
                () => Succeeds(() =>
                {
                    foreach (GrainResult[] some in Campaigns.AllGrains(_campaign).Take(60).Chunk(3))
                    {
                        a.WriteGrains(_campaign, some);
                    }
                }),
                () => b.DeleteCampaign(_campaign.Id));
            b.DeleteCampaign(_campaign.Id);
        }

        Assert.All(
            new[] { "campaign", "grain", "block", "point", "campaign_totals" },
            table => Assert.Equal(0L, server.Sql($"SELECT count(*) FROM {_schema}.{table}")));
    }

    private static bool Succeeds(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static IEnumerable<string> ReadToEnd(ChildProcess writer)
    {
        while (writer.ReadLine() is { } line)
        {
            yield return line;
            if (line.StartsWith("added ", StringComparison.Ordinal))
            {
                yield break;
            }
        }
    }

    private PostgresResults Open() => PostgresResults.Open(server.Address(_schema));

    private long Deadlocks() => (long)server.Sql("SELECT deadlocks FROM pg_stat_database WHERE datname = 'postgres'")!;

    private void AssertWhole()
    {
        using PostgresResults store = Open();
        GrainResult[] truth = Campaigns.AllGrains(_campaign);
        var digest = truth.Aggregate(default(ResultDigest), (sum, grain) => sum + ResultDigest.OfGrain(_campaign.Layout, grain));
        CampaignTotals totals = store.Totals(_campaign.Id);
        Assert.Equal((truth.Length, _campaign.Layout.Simulations, digest.ToString()), (totals.Grains, totals.Simulations, totals.Digest));
        Assert.Equal(_campaign.Layout.Simulations, totals.Tally.Total);
        Assert.All(truth.Zip(store.ReadGrains(_campaign, 2)), pair => Assert.True(Grains.Same(pair.Item1, pair.Item2)));
        Assert.Equal(_campaign.Layout.Points, server.Sql($"SELECT count(*) FROM {_schema}.points WHERE n = {_campaign.Layout.Replicates}"));
    }
}
