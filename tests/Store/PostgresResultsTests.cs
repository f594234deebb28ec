using CalciumSweep.Shared.Results;
using CalciumSweep.Store;
using CalciumSweep.Unit.Results;
using CalciumSweep.Unit.Store;
using Xunit;

namespace CalciumSweep.StoreTests;

[Collection(PostgresCollection.Name)]
public sealed class PostgresResultsTests(PostgresServer server) : ResultStoreTests
{
    private readonly string _schema = PostgresServer.NewSchema();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void The_views_agree_with_the_simulations(int which)
    {
        CampaignRecord campaign = which == 0 ? Campaigns.Small : Campaigns.Split;
        Store.SaveCampaign(campaign);
        Store.WriteGrains(campaign, Campaigns.AllGrains(campaign));
        PointSummary[] truth = [.. PointSummaries.Of(campaign.Layout, Campaigns.AllGrains(campaign), 2)];

        var points = server.Rows($"SELECT point, n, quiescent, wave, failed FROM {_schema}.points ORDER BY point");
        var means = server.Rows($"SELECT point, n, mean, sd FROM {_schema}.point_observables WHERE observable = 'draw' ORDER BY point");

        Assert.Equal(truth.Length, points.Count);
        for (int p = 0; p < truth.Length; p++)
        {
            ObservableSummary draw = truth[p].Observables[1];
            IReadOnlyList<long> n = truth[p].Tally.Counts;
            Assert.Equal([(long)p, n.Sum(), n[1], n[4], n[8]], points[p]);
            Assert.Equal([(long)p, (double)draw.N], means[p][..2]);
            // Values below 31 with one rounding an addition: the sums agree to 10 · 2⁻⁵³ · 310, their squares likewise;
            // the variance loses the digits of mean²/variance ≤ 961.
            Assert.Equal(draw.Mean!.Value, (double)means[p][2]!, 1e-12);
            Assert.Equal(draw.Sd!.Value, (double)means[p][3]!, 1e-9);
        }
    }

    [Fact]
    public void Numbers_past_every_bound_are_stored_all_the_same()
    {
        var campaign = Campaigns.Of("edges-000000", new GrainLayout(4, 1, 4, 1));
        Store.SaveCampaign(campaign);
        Store.WriteGrains(campaign, [new(
            0, [Solver.Engine.Outcome.Wave, Solver.Engine.Outcome.Wave, Solver.Engine.Outcome.Wave, null], new Dictionary<int, string>(),
            [double.PositiveInfinity, double.NegativeInfinity, 0.1 + 0.2, 5], [1, 1, 1, 1], 0)]);

        var means = server.Rows($"SELECT mean FROM {_schema}.point_observables ORDER BY point").Select(r => r[0]);

        Assert.Equal([double.PositiveInfinity, double.NegativeInfinity, 0.1 + 0.2, null], means);
    }

    [Fact]
    public void A_long_read_gives_every_grain_once_and_in_order()
    {
        var campaign = Campaigns.Of("pages-000000", new GrainLayout(700, 1, 1, 1));
        GrainResult[] grains = Campaigns.AllGrains(campaign);
        Store.SaveCampaign(campaign);
        Store.WriteGrains(campaign, grains);

        GrainResult[] read = [.. Store.ReadGrains(campaign, 2)];

        Assert.Equal(700, read.Length);
        Assert.All(read.Zip(grains), pair => Assert.True(Grains.Same(pair.Item1, pair.Item2)));
    }

    [Fact]
    public void A_changed_bit_is_never_a_wrong_result()
    {
        Store.SaveCampaign(Campaigns.Small);
        Store.WriteGrains(Campaigns.Small, Campaigns.AllGrains(Campaigns.Small));
        server.Sql($"UPDATE {_schema}.block SET bytes = set_byte(bytes, 40, get_byte(bytes, 40) # 1) WHERE grain = 2");

        Assert.Throws<DamagedBlockException>(() => Store.ReadGrains(Campaigns.Small, 2).Count());
    }

    [Fact]
    public void A_commit_is_durable_even_where_the_users_default_says_otherwise()
    {
        string name = $"lazy{Guid.NewGuid():N}"[..12];
        server.Sql($"CREATE ROLE {name} LOGIN SUPERUSER PASSWORD 'x'; ALTER ROLE {name} SET synchronous_commit = off");
        var address = StoreAddress.Parse(
            $"postgresql://{name}@127.0.0.1:{server.Port}/postgres?schema={_schema}", key => key == "PGPASSWORD" ? "x" : null);
        using var database = new PostgresDatabase(address.Postgres!);

        Assert.Equal("on", database.Write(c => c.Scalar("SHOW synchronous_commit"), TimeSpan.Zero));
        Assert.Equal("off", database.Read(c => c.Scalar("SHOW synchronous_commit"), TimeSpan.Zero));
    }

    [Fact]
    public async Task A_node_writes_over_two_connections_and_closes_them_when_idle()
    {
        const int Writers = 8;
        Store.SaveCampaign(Campaigns.Large);
        long most = 0;

        // On threads of their own that begin together: those of the pool may be with other tests, and then nobody writes at the same time.
        using var start = new Barrier(Writers);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                for (int i = writer; i < 40; i += Writers)
                {
                    Store.WriteGrains(Campaigns.Large, [Grains.Known(Campaigns.Large.Layout, i)]);
                    InterlockedMax(ref most, Sessions("writer"));
                }
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        Assert.Equal(2, most);
        Assert.True(SpinWait.SpinUntil(() => Sessions("writer") == 0, TimeSpan.FromSeconds(60)));
    }

    protected override IResultStore Open() => PostgresResults.Open(server.Address(_schema));

    protected override void Dispose(bool disposing) => server.Sql($"DROP SCHEMA IF EXISTS {_schema} CASCADE");

    private static void InterlockedMax(ref long most, long value)
    {
        for (long seen = Interlocked.Read(ref most); value > seen; seen = Interlocked.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }

    private long Sessions(string purpose) =>
        (long)server.Sql($"SELECT count(*) FROM pg_stat_activity WHERE application_name = 'calciumsweep {purpose}'")!;
}
