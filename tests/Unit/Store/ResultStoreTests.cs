using CalciumSweep.Shared;
using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Solver.Engine;
using CalciumSweep.Unit.Results;
using CsCheck;
using Xunit;

namespace CalciumSweep.Unit.Store;

/// <summary>What every result store does, whatever its database.</summary>
public abstract class ResultStoreTests : IDisposable
{
    private readonly Lazy<IResultStore> _opened;

    protected ResultStoreTests() => _opened = new(Open);

    protected IResultStore Store => _opened.Value;

    public void Dispose()
    {
        if (_opened.IsValueCreated)
        {
            Store.Dispose();
        }

        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens the store of this test, the first time or again.</summary>
    protected abstract IResultStore Open();

    /// <summary>Removes it.</summary>
    protected abstract void Dispose(bool disposing);

    [Fact]
    public void What_people_say_of_a_campaign_stays_when_it_goes_on_and_goes_with_it()
    {
        var label = new CampaignLabel(["fig. 3", "µ"], "the \"good\" one\n");
        Store.LabelCampaign(Campaigns.Small.Id, label.Tags, label.Note);
        Store.SaveCampaign(Campaigns.Small);
        Assert.Empty(Store.Campaigns().Single().Label.Tags);

        Store.LabelCampaign(Campaigns.Small.Id, label.Tags, label.Note);
        Store.SaveCampaign(Campaigns.Small with { State = CampaignStatus.Paused });
        CampaignRecord labelled = Store.FindCampaign(Campaigns.Small.Id.Value)!;
        Assert.Equal((CampaignStatus.Paused, label.Note), (labelled.State, labelled.Label.Note));
        Assert.Equal(label.Tags, labelled.Label.Tags);

        // What is not given stays.
        Store.LabelCampaign(Campaigns.Small.Id, null, "other");
        Store.LabelCampaign(Campaigns.Small.Id, ["one"], null);
        CampaignLabel both = Store.FindCampaign(Campaigns.Small.Id.Value)!.Label;
        Assert.Equal(("one", "other"), (both.Tags.Single(), both.Note));

        Store.DeleteCampaign(Campaigns.Small.Id);
        Store.SaveCampaign(Campaigns.Small);
        Assert.Equal("", Store.Campaigns().Single().Label.Note);
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

        Store.SaveCampaign(campaign);

        CampaignRecord read = Store.FindCampaign("small-1f3a9c")!;
        Assert.Equal(campaign.Quarantined, read.Quarantined);
        Assert.Equal(campaign.Observe, read.Observe);
        Assert.Equal(campaign, read with { Quarantined = campaign.Quarantined, Observe = campaign.Observe });
    }

    [Fact]
    public void Saving_again_updates()
    {
        Store.SaveCampaign(Campaigns.Small);
        Store.SaveCampaign(Campaigns.Small with { State = CampaignStatus.Completed, WallSeconds = 7, Quarantined = [new(1, "why")] });

        CampaignRecord read = Assert.Single(Store.Campaigns());
        Assert.Equal((CampaignStatus.Completed, 7.0, 1), (read.State, read.WallSeconds, read.Quarantined.Count));
    }

    [Fact]
    public void Campaigns_are_listed_oldest_first()
    {
        DateTimeOffset start = Campaigns.Small.Submitted;
        Store.SaveCampaign(Campaigns.Small with { Submitted = start.AddHours(2) });
        Store.SaveCampaign(Campaigns.Split with { Submitted = start });
        Store.SaveCampaign(Campaigns.Large with { Submitted = start.AddHours(1) });

        Assert.Equal([Campaigns.Split.Id, Campaigns.Large.Id, Campaigns.Small.Id], Store.Campaigns().Select(c => c.Id));
    }

    [Fact]
    public void A_campaign_is_found_by_id_unique_beginning_and_identity()
    {
        Store.SaveCampaign(Campaigns.Small);
        Store.SaveCampaign(Campaigns.Split);
        Store.SaveCampaign(Campaigns.Of("split-5b07de-2", Campaigns.Split.Layout));

        Assert.Equal(Campaigns.Split.Id, Store.FindCampaign("split-5b07de")!.Id);
        Assert.Equal(Campaigns.Small.Id, Store.FindCampaign("sm")!.Id);
        Assert.Equal(Campaigns.Small.Id, Store.FindByIdentity(Campaigns.Small.Identity)!.Id);
        Assert.Null(Store.FindCampaign("s"));
        Assert.Null(Store.FindCampaign("sm%"));
        Assert.Null(Store.FindCampaign(""));
        Assert.Null(Store.FindByIdentity("else"));
    }

    [Fact]
    public void Neither_id_nor_identity_is_used_twice()
    {
        Store.SaveCampaign(Campaigns.Small);

        Assert.Throws<ArgumentException>(() => Store.SaveCampaign(Campaigns.Small with { Id = new CampaignId("other") }));
        Assert.Throws<ArgumentException>(() => Store.SaveCampaign(Campaigns.Small with { Identity = "other" }));
    }

    [Fact]
    public void The_layout_may_change_until_the_first_grain()
    {
        CampaignRecord other = Campaigns.Small with { Layout = new GrainLayout(7, 4, 1, 4) };
        Store.SaveCampaign(Campaigns.Small);
        Store.SaveCampaign(other);
        Assert.Throws<ArgumentException>(() => Write(Campaigns.Small));
        Write(other);

        Assert.Throws<ArgumentException>(() => Store.SaveCampaign(Campaigns.Small));
        Assert.Equal(other.Layout, Store.FindCampaign("small")!.Layout);
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
        Store.SaveCampaign(campaign);

        Assert.Equal(2, Store.WriteGrains(campaign, [grains[1], grains[0], grains[1]]));
        Assert.Equal(grains.Length - 2, Store.WriteGrains(campaign, grains));
        CampaignTotals totals = Store.Totals(campaign.Id);
        Assert.Equal(0, Store.WriteGrains(campaign, grains));

        CampaignTotals again = Store.Totals(campaign.Id);
        Assert.Equal((totals.Digest, totals.Grains, totals.CoreSeconds), (again.Digest, again.Grains, again.CoreSeconds));
        AssertTotals(campaign, grains);
    }

    [Fact]
    public void Totals_do_not_depend_on_order_and_batches()
    {
        GrainResult[] grains = Campaigns.AllGrains(Campaigns.Split);
        Store.SaveCampaign(Campaigns.Split);
        foreach (GrainResult grain in grains.Reverse())
        {
            Store.WriteGrains(Campaigns.Split, [grain]);
        }

        AssertTotals(Campaigns.Split, grains);
    }

    [Fact]
    public void Totals_survive_a_restart()
    {
        Store.SaveCampaign(Campaigns.Small);
        Write(Campaigns.Small);
        Store.Dispose();

        using IResultStore again = Open();

        Assert.Equal(28, again.Totals(Campaigns.Small.Id).Simulations);
        Assert.Equal(0, again.WriteGrains(Campaigns.Small, Campaigns.AllGrains(Campaigns.Small)));
    }

    [Fact]
    public void A_campaign_without_grains_has_empty_totals()
    {
        Store.SaveCampaign(Campaigns.Small);

        CampaignTotals totals = Store.Totals(Campaigns.Small.Id);

        Assert.Equal((0, 0, 0), (totals.Grains, totals.Simulations, totals.Tally.Total));
        Assert.Equal("sha256:" + new string('0', 64), totals.Digest);
        Assert.Empty(Store.StoredGrains(Campaigns.Small.Id));
        Assert.Empty(Store.ReadGrains(Campaigns.Small, 2));
        Assert.Equal(0, Store.WriteGrains(Campaigns.Small, []));
    }

    [Fact]
    public void Quarantined_simulations_are_in_no_sum()
    {
        var campaign = Campaigns.Of("one-000000", new GrainLayout(1, 3, 1, 3));
        GrainResult grain = new(0, [null, Outcome.Wave, null], new Dictionary<int, string>(), [1, 2, 3], [1, 1, 1], 1);
        Store.SaveCampaign(campaign);
        Store.WriteGrains(campaign, [grain]);

        CampaignTotals totals = Store.Totals(campaign.Id);

        Assert.Equal((1, 1), (totals.Simulations, totals.Tally[Outcome.Wave]));
        Assert.Equal(ResultDigest.Of(1, Outcome.Wave, null, [2.0]).ToString(), totals.Digest);
        Assert.Equal([null, Outcome.Wave, null], Store.ReadGrains(campaign, 1).Single().Outcomes);
    }

    [Fact]
    public void Keeping_points_only_drops_the_observables_and_not_the_digest()
    {
        CampaignRecord points = Campaigns.Small with { Keep = Keep.Points };
        Store.SaveCampaign(points);
        Write(points);

        Assert.All(Store.ReadGrains(points, 2), grain => Assert.Empty(grain.Observables));
        AssertTotals(points, Campaigns.AllGrains(points));
    }

    [Fact]
    public void Two_campaigns_do_not_mix()
    {
        Store.SaveCampaign(Campaigns.Small);
        Store.SaveCampaign(Campaigns.Split);
        Write(Campaigns.Small);
        Write(Campaigns.Split);

        AssertTotals(Campaigns.Small, Campaigns.AllGrains(Campaigns.Small));
        AssertTotals(Campaigns.Split, Campaigns.AllGrains(Campaigns.Split));
        Store.DeleteCampaign(Campaigns.Small.Id);

        Assert.Null(Store.FindCampaign("small"));
        Assert.Empty(Store.StoredGrains(Campaigns.Small.Id));
        Assert.Empty(Store.ReadGrains(Campaigns.Small, 2));
        Assert.Equal(0, Store.Totals(Campaigns.Small.Id).Grains);
        AssertTotals(Campaigns.Split, Campaigns.AllGrains(Campaigns.Split));
    }

    [Fact]
    public void A_range_of_grains_is_read_alone()
    {
        Store.SaveCampaign(Campaigns.Split);
        GrainResult[] grains = Campaigns.AllGrains(Campaigns.Split);
        Write(Campaigns.Split);

        Assert.Equal(grains[2..5].Select(grain => grain.Grain), Store.ReadGrains(Campaigns.Split, 2, 2, 5).Select(grain => grain.Grain));
        Assert.Empty(Store.ReadGrains(Campaigns.Split, 2, grains.Length, grains.Length + 3));
    }

    [Fact]
    public void A_late_result_does_not_bring_a_deleted_campaign_back()
    {
        Store.SaveCampaign(Campaigns.Small);
        Store.DeleteCampaign(Campaigns.Small.Id);

        Assert.Throws<ArgumentException>(() => Write(Campaigns.Small));
        Assert.Empty(Store.Campaigns());
    }

    [Fact]
    public void What_was_begun_before_results_were_removed_is_not_stored_any_more()
    {
        CampaignRecord later = Campaigns.Small with { Removals = 2 };
        GrainResult[] grains = Campaigns.AllGrains(Campaigns.Small);
        Store.SaveCampaign(Campaigns.Small with { Sequence = 1 });
        Store.WriteGrains(Campaigns.Small, grains[..3]);

        // Two removals: the store knows of them before the campaign's new state is saved.
        Store.RemoveGrains(Campaigns.Small.Id, [0], 2, removals: 1);
        Store.RemoveGrains(Campaigns.Small.Id, [1], 3, removals: 2);
        foreach (long begun in (long[])[0, 1])
        {
            var refused = Assert.Throws<OutdatedGrainsException>(() => Store.WriteGrains(Campaigns.Small with { Removals = begun }, grains));
            Assert.Contains($"begun after {begun} removals of its results, and there have been 2", refused.Message, StringComparison.Ordinal);
        }

        Assert.Equal([2], Store.StoredGrains(Campaigns.Small.Id));
        Assert.Equal(2, Store.FindCampaign(Campaigns.Small.Id.Value)!.Removals);
        Assert.Equal(grains.Length - 1, Store.WriteGrains(later, grains));
        AssertTotals(Campaigns.Small, grains);

        // A journal that was lost begins anew, and so do its removals.
        Store.SaveCampaign(Campaigns.Small with { Sequence = 4 });
        Assert.Equal(0, Store.WriteGrains(Campaigns.Small, grains));
    }

    [Fact]
    public void Many_threads_may_write_and_read()
    {
        var campaign = Campaigns.Of("many-000000", new GrainLayout(200, 4, 1, 4));
        GrainResult[] grains = Campaigns.AllGrains(campaign);
        Store.SaveCampaign(campaign);

        // Each grain is written twice, by different threads.
        int added = 0;
        Parallel.ForEach(Enumerable.Range(0, 2 * grains.Length).Chunk(7), new ParallelOptions { MaxDegreeOfParallelism = 8 }, some =>
        {
            Interlocked.Add(ref added, Store.WriteGrains(campaign, [.. some.Select(i => grains[i % grains.Length])]));
            Assert.InRange(Store.Totals(campaign.Id).Grains, 1, grains.Length);
        });

        Assert.Equal(grains.Length, added);
        AssertTotals(campaign, grains);
    }

    private bool BackBitForBit(GrainResult[] written)
    {
        Store.DeleteCampaign(Campaigns.Small.Id);
        Store.SaveCampaign(Campaigns.Small);
        Store.WriteGrains(Campaigns.Small, written);

        GrainResult[] read = [.. Store.ReadGrains(Campaigns.Small, 3)];

        return read.Length == 4 && Store.StoredGrains(Campaigns.Small.Id).SequenceEqual([0, 1, 2, 3])
            && read.Zip(written.OrderBy(g => g.Grain)).All(pair => Grains.Same(pair.Item1, pair.Item2));
    }

    private void Write(CampaignRecord campaign) => Store.WriteGrains(campaign, Campaigns.AllGrains(campaign));

    private void AssertTotals(CampaignRecord campaign, GrainResult[] grains)
    {
        CampaignTotals totals = Store.Totals(campaign.Id);
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
