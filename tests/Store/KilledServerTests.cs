using System.Globalization;
using CalciumSweep.Shared.Results;
using CalciumSweep.Store;
using CalciumSweep.StoreTests.Spill;
using CalciumSweep.Unit.Results;
using CalciumSweep.Unit.Store;
using CalciumSweep.Worker;
using Xunit;

namespace CalciumSweep.StoreTests;

/// <summary>A server of its own that is killed as by a power cut, stopped and frozen.</summary>
public sealed class KilledServerTests : IDisposable
{
    private static readonly TimeSpan _hang = TimeSpan.FromSeconds(90);
    private readonly PostgresServer _server = new();
    private readonly TemporaryFolder _folder = new();
    private readonly string _schema = PostgresServer.NewSchema();

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_server_killed_in_the_middle_of_writes_has_everything_it_acknowledged_once()
    {
        CampaignRecord campaign = ChildProgram.Campaign;
        ChildProcess[] writers = [.. Enumerable.Range(1, 2).Select(seed => new ChildProcess("write", _server.Url(_schema), $"{seed}"))];
        try
        {
            Assert.All(writers, writer => Assert.Equal("ready", writer.ReadLine()));
            Array.ForEach(writers, writer => writer.WriteLine("go"));
            var acknowledged = new HashSet<long>();
            foreach (int portions in new[] { 1, 4, 9, 5 })
            {
                for (int i = 0; i < portions; i++)
                {
                    Acknowledge(writers[i % 2], acknowledged);
                }

                // Both are in the middle of a later transaction now, wherever that is.
                _server.Kill();
                _server.Start();

                using PostgresResults reader = Open();
                long[] stored = [.. reader.StoredGrains(campaign.Id)];
                Assert.Empty(acknowledged.Except(stored));
                Assert.Equal(stored.Distinct().Count(), stored.Length);
            }

            Array.ForEach(writers, writer =>
            {
                while (Acknowledge(writer, acknowledged))
                {
                }
            });
        }
        finally
        {
            Array.ForEach(writers, writer => writer.Dispose());
        }

        AssertWhole(campaign, Campaigns.AllGrains(campaign));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void While_the_server_is_away_nobody_waits_and_then_every_result_is_there_once(bool frozen)
    {
        CampaignWork work = Works.Of(3000);
        using PostgresResults store = Open();
        store.SaveCampaign(work.Record);
        var folder = new SpillFolder(_folder["spill"], 1 << 30, _ => { });
        using var writer = new ResultWriter(store, 2000, folder);
        GrainResult[] grains = work.AllGrains();
        Array.ForEach(grains[..500], grain => writer.Add(work, grain));
        Assert.True(SpinWait.SpinUntil(() => work.Stored().Length > 0, _hang));
        if (frozen)
        {
            _server.Freeze();
        }
        else
        {
            _server.Kill();
        }

        // Five times what the memory may hold: nobody could add them all who ever waited for the store.
        var adding = new Thread(() => Array.ForEach(grains[500..], grain => writer.Add(work, grain)));
        adding.Start();
        Assert.True(adding.Join(_hang));
        Assert.NotNull(folder.Oldest);
        Assert.True(work.Stored().Length < grains.Length);
        if (frozen)
        {
            _server.Thaw();
        }
        else
        {
            _server.Start();
        }

        Assert.True(SpinWait.SpinUntil(() => work.Stored().Length == grains.Length, _hang));
        Assert.Empty(Directory.GetFiles(_folder["spill"]));
        AssertWhole(work.Record, grains);
    }

    [Fact]
    public void A_restart_is_a_pause_for_those_who_read_and_list_and_save()
    {
        CampaignRecord campaign = ChildProgram.Campaign;
        using PostgresResults store = Open();
        store.SaveCampaign(campaign);
        store.WriteGrains(campaign, Campaigns.AllGrains(campaign));
        using IEnumerator<GrainResult> reading = store.ReadGrains(campaign, 2).GetEnumerator();
        Assert.True(reading.MoveNext());
        _server.Stop();
        var restart = new Thread(_server.Start);
        restart.Start();

        Assert.Single(store.Campaigns());
        store.SaveCampaign(campaign with { State = CampaignStatus.Paused });
        Assert.Equal(CampaignStatus.Paused, store.FindCampaign(campaign.Id.Value)!.State);
        int read = 1;
        while (reading.MoveNext())
        {
            read++;
        }

        Assert.Equal(campaign.Layout.Grains, read);
        Assert.True(restart.Join(_hang));
    }

    [Fact]
    public void A_server_that_is_not_there_is_one_sentence_without_secrets()
    {
        _server.Kill();

        var error = Assert.Throws<StoreUnavailableException>(() => PostgresResults.Open(_server.Address(_schema), TimeSpan.Zero));

        Assert.StartsWith($"postgresql://sweep@127.0.0.1:{_server.Port}/postgres does not answer", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(PostgresServer.Password, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_that_is_disposed_does_not_wait_for_its_server()
    {
        PostgresResults store = Open();
        _server.Kill();
        Exception? error = null;
        var reading = new Thread(() => error = Record.Exception(store.Campaigns));
        reading.Start();
        Thread.Sleep(200);

        store.Dispose();

        Assert.True(reading.Join(PostgresResults.DefaultPatience / 2));
        Assert.IsType<ObjectDisposedException>(error);
    }

    private static bool Acknowledge(ChildProcess writer, HashSet<long> acknowledged)
    {
        string line = writer.ReadLine()!;
        if (line.StartsWith("added ", StringComparison.Ordinal))
        {
            return false;
        }

        acknowledged.UnionWith(line.Split(' ').Select(grain => long.Parse(grain, CultureInfo.InvariantCulture)));
        return true;
    }

    private PostgresResults Open() => PostgresResults.Open(_server.Address(_schema));

    private void AssertWhole(CampaignRecord campaign, GrainResult[] truth)
    {
        using PostgresResults store = Open();
        var digest = truth.Aggregate(default(ResultDigest), (sum, grain) => sum + ResultDigest.OfGrain(campaign.Layout, grain));
        CampaignTotals totals = store.Totals(campaign.Id);
        Assert.Equal((truth.Length, campaign.Layout.Simulations, digest.ToString()), (totals.Grains, totals.Simulations, totals.Digest));
        Assert.All(truth.Zip(store.ReadGrains(campaign, 2)), pair => Assert.True(Grains.Same(pair.Item1, pair.Item2)));
        Assert.Equal(
            campaign.Layout.Points,
            _server.Sql($"SELECT count(*) FROM {_schema}.points WHERE campaign = '{campaign.Id}' AND n = {campaign.Layout.Replicates}"));
    }
}
