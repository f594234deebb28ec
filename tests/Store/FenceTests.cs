using CalciumSweep.Shared.Results;
using CalciumSweep.Store;
using CalciumSweep.Unit.Results;
using CalciumSweep.Unit.Store;
using Xunit;

namespace CalciumSweep.StoreTests;

/// <summary>Two coordinators of one campaign, the first of which was replaced and does not know it.</summary>
[Collection(PostgresCollection.Name)]
public sealed class FenceTests : IDisposable
{
    private readonly PostgresServer _server;
    private readonly string _schema = PostgresServer.NewSchema();
    private readonly PostgresResults _old, _new;

    public FenceTests(PostgresServer server)
    {
        _server = server;
        (_old, _new) = (Open(), Open());
        _old.SaveCampaign(At(5));
        _old.WriteGrains(At(5), Campaigns.AllGrains(Campaigns.Small));
    }

    public void Dispose()
    {
        _old.Dispose();
        _new.Dispose();
        _server.Sql($"DROP SCHEMA IF EXISTS {_schema} CASCADE");
    }

    [Fact]
    public void Removed_grains_and_all_that_followed_from_them_are_gone_and_can_be_written_again()
    {
        _old.RemoveGrains(Campaigns.Small.Id, [1, 2], 6);

        GrainResult[] left = [.. Campaigns.AllGrains(Campaigns.Small).Where(grain => grain.Grain is not (1 or 2))];
        AssertStored(left);
        Assert.Equal(2, _old.WriteGrains(At(6), Campaigns.AllGrains(Campaigns.Small)));
        AssertStored(Campaigns.AllGrains(Campaigns.Small));
        Assert.Equal(0L, _server.Sql($"SELECT count(*) FROM {_schema}.point WHERE n = 0"));
    }

    [Fact]
    public void A_removal_is_done_once()
    {
        _old.RemoveGrains(Campaigns.Small.Id, [1], 6);
        _new.WriteGrains(At(6), [Grains.Known(Campaigns.Small.Layout, 1)]);

        _old.RemoveGrains(Campaigns.Small.Id, [1], 6);

        Assert.Contains(1, _new.StoredGrains(Campaigns.Small.Id));
    }

    [Theory]
    [InlineData(6)]
    [InlineData(9)]
    public void A_removal_that_comes_after_the_next_coordinator_looked_removes_nothing(long seen)
    {
        _new.SaveCampaign(At(seen));

        _old.RemoveGrains(Campaigns.Small.Id, [0, 1, 2, 3], 6);

        AssertStored(Campaigns.AllGrains(Campaigns.Small));
    }

    [Fact]
    public void An_older_state_does_not_undo_a_newer_one()
    {
        _new.SaveCampaign(At(8) with { State = CampaignStatus.Paused });

        _old.SaveCampaign(At(7) with { State = CampaignStatus.Running });

        CampaignRecord stored = _new.FindCampaign(Campaigns.Small.Id.Value)!;
        Assert.Equal((CampaignStatus.Paused, 8L), (stored.State, stored.Sequence));
    }

    [Fact]
    public void A_deletion_that_comes_after_the_campaign_was_submitted_again_deletes_nothing()
    {
        _new.DeleteCampaign(Campaigns.Small.Id, 6);
        _new.SaveCampaign(At(7));
        _new.WriteGrains(At(7), Campaigns.AllGrains(Campaigns.Small));

        _old.DeleteCampaign(Campaigns.Small.Id, 6);

        AssertStored(Campaigns.AllGrains(Campaigns.Small));
    }

    [Fact]
    public void A_deleted_campaign_is_not_brought_back_by_who_does_not_know_it()
    {
        _new.DeleteCampaign(Campaigns.Small.Id, 6);
        _old.SaveCampaign(At(5));

        Assert.Empty(_new.Campaigns());
        Assert.Equal(0L, _server.Sql($"SELECT count(*) FROM {_schema}.campaign_totals"));

        _new.SaveCampaign(At(7));
        Assert.Single(_new.Campaigns());
    }

    [Fact]
    public void Of_two_that_claim_the_same_thing_the_first_has_it_until_its_time_is_up()
    {
        Assert.True(_old.TryClaim("majority", "a", TimeSpan.FromHours(1)));
        Assert.False(_new.TryClaim("majority", "b", TimeSpan.FromHours(1)));
        Assert.True(_new.TryClaim("something else", "b", TimeSpan.FromHours(1)));

        Assert.True(_old.TryClaim("majority", "a", TimeSpan.Zero));
        Assert.True(_new.TryClaim("majority", "b", TimeSpan.FromHours(1)));
        Assert.False(_old.TryClaim("majority", "a", TimeSpan.FromHours(1)));
    }

    [Fact]
    public void A_claim_of_others_is_seen_until_its_time_is_up()
    {
        Assert.False(_new.IsClaimed("coordinator ", "coordinator a"));
        Assert.True(_old.TryClaim("coordinator a", "a", TimeSpan.FromHours(1)));
        Assert.True(_old.TryClaim("majority", "b", TimeSpan.FromHours(1)));

        Assert.False(_new.IsClaimed("coordinator ", "coordinator a"));
        Assert.True(_new.IsClaimed("coordinator ", "coordinator b"));

        Assert.True(_old.TryClaim("coordinator a", "a", TimeSpan.Zero));
        Assert.False(_new.IsClaimed("coordinator ", "coordinator b"));
    }

    private static CampaignRecord At(long sequence) => Campaigns.Small with { Sequence = sequence };

    private PostgresResults Open() => PostgresResults.Open(_server.Address(_schema));

    private void AssertStored(GrainResult[] truth)
    {
        var digest = truth.Aggregate(default(ResultDigest), (sum, grain) => sum + ResultDigest.OfGrain(Campaigns.Small.Layout, grain));
        CampaignTotals totals = _new.Totals(Campaigns.Small.Id);
        Assert.Equal((truth.Length, digest.ToString()), (totals.Grains, totals.Digest));
        Assert.Equal(truth.Select(grain => grain.Grain), _new.StoredGrains(Campaigns.Small.Id));
        Assert.All(truth.Zip(_new.ReadGrains(Campaigns.Small, 2)), pair => Assert.True(Grains.Same(pair.Item1, pair.Item2)));
    }
}
