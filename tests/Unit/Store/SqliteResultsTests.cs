using CalciumSweep.Shared;
using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Solver.Engine;
using CalciumSweep.Store;
using CalciumSweep.Unit.Results;
using CsCheck;
using Xunit;

namespace CalciumSweep.Unit.Store;

public sealed class SqliteResultsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteResults _store;

    public SqliteResultsTests() => _store = SqliteResults.Open(_folder["results.db"]);

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_campaign_survives_with_everything_in_it()
    {
        CampaignRecord campaign = Campaigns.Small with
        {
            SpecText = "name: µ \"quoted\"\n",
            State = CampaignStatus.Interrupted,
            Quarantined = [new(long.MaxValue, "past 60 s, \"again\""), new(3, "µ")],
            WallSeconds = 0.1,
            Submitted = new DateTimeOffset(2026, 3, 1, 12, 0, 0, 123, TimeSpan.FromHours(2)),
            Keep = Keep.Points,
        };

        _store.SaveCampaign(campaign);

        CampaignRecord read = _store.FindCampaign("small-1f3a9c")!;
        Assert.Equal(campaign.Quarantined, read.Quarantined);
        Assert.Equal(campaign.Observe, read.Observe);
        Assert.Equal(campaign, read with { Quarantined = campaign.Quarantined, Observe = campaign.Observe });
    }

    [Fact]
    public void Saving_again_updates()
    {
        _store.SaveCampaign(Campaigns.Small);
        _store.SaveCampaign(Campaigns.Small with { State = CampaignStatus.Completed, WallSeconds = 7, Quarantined = [new(1, "why")] });

        CampaignRecord read = Assert.Single(_store.Campaigns());
        Assert.Equal((CampaignStatus.Completed, 7.0, 1), (read.State, read.WallSeconds, read.Quarantined.Count));
    }

    [Fact]
    public void Campaigns_are_listed_oldest_first()
    {
        DateTimeOffset start = Campaigns.Small.Submitted;
        _store.SaveCampaign(Campaigns.Small with { Submitted = start.AddHours(2) });
        _store.SaveCampaign(Campaigns.Split with { Submitted = start });
        _store.SaveCampaign(Campaigns.Large with { Submitted = start.AddHours(1) });

        Assert.Equal([Campaigns.Split.Id, Campaigns.Large.Id, Campaigns.Small.Id], _store.Campaigns().Select(c => c.Id));
    }

    [Fact]
    public void A_campaign_is_found_by_id_unique_beginning_and_identity()
    {
        _store.SaveCampaign(Campaigns.Small);
        _store.SaveCampaign(Campaigns.Split);
        _store.SaveCampaign(Campaigns.Of("split-5b07de-2", Campaigns.Split.Layout));

        Assert.Equal(Campaigns.Split.Id, _store.FindCampaign("split-5b07de")!.Id);
        Assert.Equal(Campaigns.Small.Id, _store.FindCampaign("sm")!.Id);
        Assert.Equal(Campaigns.Small.Id, _store.FindByIdentity(Campaigns.Small.Identity)!.Id);
        Assert.Null(_store.FindCampaign("s"));
        Assert.Null(_store.FindCampaign("sm%"));
        Assert.Null(_store.FindCampaign(""));
        Assert.Null(_store.FindByIdentity("else"));
    }

    [Fact]
    public void Neither_id_nor_identity_is_used_twice()
    {
        _store.SaveCampaign(Campaigns.Small);

        Assert.Throws<ArgumentException>(() => _store.SaveCampaign(Campaigns.Small with { Id = new CampaignId("other") }));
        Assert.Throws<ArgumentException>(() => _store.SaveCampaign(Campaigns.Small with { Identity = "other" }));
    }

    [Fact]
    public void The_layout_may_change_until_the_first_grain()
    {
        CampaignRecord other = Campaigns.Small with { Layout = new GrainLayout(7, 4, 1, 4) };
        _store.SaveCampaign(Campaigns.Small);
        _store.SaveCampaign(other);
        Assert.Throws<ArgumentException>(() => Write(Campaigns.Small));
        Write(other);

        Assert.Throws<ArgumentException>(() => _store.SaveCampaign(Campaigns.Small));
        Assert.Equal(other.Layout, _store.FindCampaign("small")!.Layout);
    }

    [Fact]
    public void Grains_come_back_in_order_and_bit_for_bit()
    {
        var any = Gen.Select(Grains.Of(0, 8, 3), Grains.Of(1, 8, 3), Grains.Of(2, 8, 3), Grains.Of(3, 4, 3), (a, b, c, d) => new[] { d, b, a, c });
        any.Sample(BackBitForBit, iter: 20, threads: 1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_grain_written_twice_counts_once(int which)
    {
        CampaignRecord campaign = which == 0 ? Campaigns.Small : Campaigns.Split;
        GrainResult[] grains = Campaigns.AllGrains(campaign);
        _store.SaveCampaign(campaign);

        Assert.Equal(2, _store.WriteGrains(campaign, [grains[1], grains[0], grains[1]]));
        Assert.Equal(grains.Length - 2, _store.WriteGrains(campaign, grains));
        CampaignTotals totals = _store.Totals(campaign.Id);
        Assert.Equal(0, _store.WriteGrains(campaign, grains));

        CampaignTotals again = _store.Totals(campaign.Id);
        Assert.Equal((totals.Digest, totals.Grains, totals.CoreSeconds), (again.Digest, again.Grains, again.CoreSeconds));
        AssertTotals(campaign, grains);
    }

    [Fact]
    public void Totals_do_not_depend_on_order_and_batches()
    {
        GrainResult[] grains = Campaigns.AllGrains(Campaigns.Split);
        _store.SaveCampaign(Campaigns.Split);
        foreach (GrainResult grain in grains.Reverse())
        {
            _store.WriteGrains(Campaigns.Split, [grain]);
        }

        AssertTotals(Campaigns.Split, grains);
    }

    [Fact]
    public void Totals_survive_a_restart()
    {
        _store.SaveCampaign(Campaigns.Small);
        Write(Campaigns.Small);
        _store.Dispose();

        using var again = SqliteResults.Open(_folder["results.db"]);

        Assert.Equal(28, again.Totals(Campaigns.Small.Id).Simulations);
        Assert.Equal(0, again.WriteGrains(Campaigns.Small, Campaigns.AllGrains(Campaigns.Small)));
    }

    [Fact]
    public void A_campaign_without_grains_has_empty_totals()
    {
        _store.SaveCampaign(Campaigns.Small);

        CampaignTotals totals = _store.Totals(Campaigns.Small.Id);

        Assert.Equal((0, 0, 0), (totals.Grains, totals.Simulations, totals.Tally.Total));
        Assert.Equal("sha256:" + new string('0', 64), totals.Digest);
        Assert.Empty(_store.StoredGrains(Campaigns.Small.Id));
        Assert.Empty(_store.ReadGrains(Campaigns.Small, 2));
        Assert.Equal(0, _store.WriteGrains(Campaigns.Small, []));
    }

    [Fact]
    public void Quarantined_simulations_are_in_no_sum()
    {
        var campaign = Campaigns.Of("one-000000", new GrainLayout(1, 3, 1, 3));
        GrainResult grain = new(0, [null, Outcome.Wave, null], new Dictionary<int, string>(), [1, 2, 3], [1, 1, 1], 1);
        _store.SaveCampaign(campaign);
        _store.WriteGrains(campaign, [grain]);

        CampaignTotals totals = _store.Totals(campaign.Id);

        Assert.Equal((1, 1), (totals.Simulations, totals.Tally[Outcome.Wave]));
        Assert.Equal(ResultDigest.Of(1, Outcome.Wave, null, [2.0]).ToString(), totals.Digest);
        Assert.Equal([null, Outcome.Wave, null], _store.ReadGrains(campaign, 1).Single().Outcomes);
    }

    [Fact]
    public void Keeping_points_only_drops_the_observables_and_not_the_digest()
    {
        CampaignRecord points = Campaigns.Small with { Keep = Keep.Points };
        _store.SaveCampaign(points);
        Write(points);

        Assert.All(_store.ReadGrains(points, 2), grain => Assert.Empty(grain.Observables));
        AssertTotals(points, Campaigns.AllGrains(points));
    }

    [Fact]
    public void Two_campaigns_do_not_mix()
    {
        _store.SaveCampaign(Campaigns.Small);
        _store.SaveCampaign(Campaigns.Split);
        Write(Campaigns.Small);
        Write(Campaigns.Split);

        AssertTotals(Campaigns.Small, Campaigns.AllGrains(Campaigns.Small));
        AssertTotals(Campaigns.Split, Campaigns.AllGrains(Campaigns.Split));
        _store.DeleteCampaign(Campaigns.Small.Id);

        Assert.Null(_store.FindCampaign("small"));
        Assert.Empty(_store.StoredGrains(Campaigns.Small.Id));
        Assert.Empty(_store.ReadGrains(Campaigns.Small, 2));
        Assert.Equal(0, _store.Totals(Campaigns.Small.Id).Grains);
        AssertTotals(Campaigns.Split, Campaigns.AllGrains(Campaigns.Split));
    }

    [Fact]
    public void A_late_result_does_not_bring_a_deleted_campaign_back()
    {
        _store.SaveCampaign(Campaigns.Small);
        _store.DeleteCampaign(Campaigns.Small.Id);

        Assert.Throws<ArgumentException>(() => Write(Campaigns.Small));
        Assert.Empty(_store.Campaigns());
    }

    [Fact]
    public void Many_threads_may_write_and_read()
    {
        var campaign = Campaigns.Of("many-000000", new GrainLayout(200, 4, 1, 4));
        GrainResult[] grains = Campaigns.AllGrains(campaign);
        _store.SaveCampaign(campaign);

        // Each grain is written twice, by different threads.
        int added = 0;
        Parallel.ForEach(Enumerable.Range(0, 2 * grains.Length).Chunk(7), new ParallelOptions { MaxDegreeOfParallelism = 8 }, some =>
        {
            Interlocked.Add(ref added, _store.WriteGrains(campaign, [.. some.Select(i => grains[i % grains.Length])]));
            Assert.InRange(_store.Totals(campaign.Id).Grains, 1, grains.Length);
        });

        Assert.Equal(grains.Length, added);
        AssertTotals(campaign, grains);
    }

    [Fact]
    public void A_reader_sees_the_store_as_it_was_when_it_began()
    {
        GrainResult[] grains = Campaigns.AllGrains(Campaigns.Small);
        _store.SaveCampaign(Campaigns.Small);
        _store.WriteGrains(Campaigns.Small, grains[..2]);
        using IEnumerator<GrainResult> reading = _store.ReadGrains(Campaigns.Small, 2).GetEnumerator();
        Assert.True(reading.MoveNext());

        _store.WriteGrains(Campaigns.Small, grains[2..]);

        Assert.True(reading.MoveNext());
        Assert.False(reading.MoveNext());
    }

    private bool BackBitForBit(GrainResult[] written)
    {
        _store.DeleteCampaign(Campaigns.Small.Id);
        _store.SaveCampaign(Campaigns.Small);
        _store.WriteGrains(Campaigns.Small, written);

        GrainResult[] read = [.. _store.ReadGrains(Campaigns.Small, 3)];

        return read.Length == 4 && _store.StoredGrains(Campaigns.Small.Id).SequenceEqual([0, 1, 2, 3])
            && read.Zip(written.OrderBy(g => g.Grain)).All(pair => BlockCodecTests.Same(pair.Item1, pair.Item2));
    }

    private void Write(CampaignRecord campaign) => _store.WriteGrains(campaign, Campaigns.AllGrains(campaign));

    private void AssertTotals(CampaignRecord campaign, GrainResult[] grains)
    {
        CampaignTotals totals = _store.Totals(campaign.Id);
        var digest = grains.Aggregate(default(ResultDigest), (sum, grain) => sum + ResultDigest.OfGrain(campaign.Layout, grain));
        Assert.Equal(digest.ToString(), totals.Digest);
        Assert.Equal(grains.Length, totals.Grains);
        Assert.Equal(campaign.Layout.Simulations, totals.Simulations);
        Assert.Equal(campaign.Layout.Simulations, totals.Tally.Total);
        Assert.Equal(grains.Sum(g => g.Outcomes.Count(o => o == Outcome.Wave)), totals.Tally[Outcome.Wave]);
        // A quarter of a second each: sums of quarters are exact.
        Assert.Equal(grains.Length * 0.25, totals.CoreSeconds);
    }
}
