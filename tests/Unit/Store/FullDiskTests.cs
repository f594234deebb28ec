using CalciumSweep.Shared.Results;
using CalciumSweep.Store;
using CalciumSweep.Unit.Results;
using Xunit;

namespace CalciumSweep.Unit.Store;

public sealed class FullDiskTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_store_that_cannot_grow_says_so_and_goes_on_when_it_can()
    {
        CampaignRecord campaign = Campaigns.Large;
        using var store = SqliteResults.Open(_folder["results.db"]);
        store.SaveCampaign(campaign);
        store.WriteGrains(campaign, [Grains.Known(campaign.Layout, 0)]);
        GrainResult[] more = [.. Enumerable.Range(1, 50).Select(grain => Grains.Known(campaign.Layout, grain))];
        store.LimitGrowth(pages: 3);

        var error = Assert.Throws<StoreUnavailableException>(() => store.WriteGrains(campaign, more));

        Assert.Contains("is full", error.Message, StringComparison.Ordinal);
        Assert.Equal([0], store.StoredGrains(campaign.Id));
        Assert.Equal(50, store.WriteGrains(campaign, more));
        Assert.Equal(51, store.Totals(campaign.Id).Grains);
    }

    [Fact]
    public void A_full_disk_loses_nothing_and_is_survived()
    {
        // Where mounting is not allowed a limit plays the disk.
        bool mounted = _folder.TryMount("size=2m");
        CampaignRecord campaign = Campaigns.Large;
        using var store = SqliteResults.Open(_folder["results.db"]);
        store.SaveCampaign(campaign);
        if (mounted)
        {
            _folder.Fill("ballast");
        }
        else
        {
            store.LimitGrowth(pages: 30);
        }

        int stored = 0;
        var error = Assert.Throws<StoreUnavailableException>(new Action(() =>
        {
            for (; ; stored++)
            {
                store.WriteGrains(campaign, [Grains.Known(campaign.Layout, stored)]);
            }
        }));
        Assert.Contains("is full", error.Message, StringComparison.Ordinal);
        if (mounted)
        {
            Assert.Throws<StoreUnavailableException>(() => store.WriteGrains(campaign, [Grains.Known(campaign.Layout, stored)]));
            File.Delete(_folder["ballast"]);
        }

        Assert.Equal(stored, store.Totals(campaign.Id).Grains);
        Assert.Equal(1, store.WriteGrains(campaign, [Grains.Known(campaign.Layout, stored)]));
        Assert.Equal(stored + 1, store.ReadGrains(campaign, 2).Count());
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_a_sentence()
    {
        // Not even root makes files there.
        Assert.Throws<StoreUnavailableException>(() => SqliteResults.Open("/proc/results.db"));
    }
}
