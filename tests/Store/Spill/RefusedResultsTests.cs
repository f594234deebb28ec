using System.Collections.Concurrent;
using CalciumSweep.Shared.Results;
using CalciumSweep.Store;
using CalciumSweep.Unit.Store;
using CalciumSweep.Worker;
using Xunit;

namespace CalciumSweep.StoreTests.Spill;

public sealed class RefusedResultsTests : IDisposable
{
    private static readonly TimeSpan _hang = TimeSpan.FromSeconds(60);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Results_of_a_deleted_campaign_are_dropped_and_hold_nobody_up()
    {
        using var store = SqliteResults.Open(_folder["results.db"]);
        CampaignWork deleted = Works.Of(8), other = Works.Of(9);
        store.SaveCampaign(other.Record);
        var refused = new ConcurrentQueue<CampaignWork>();
        using var writer = new ResultWriter(
            store, 1000, new SpillFolder(_folder["spill"], 1 << 20, _ => { }), new ResultReports { Refused = (work, _) => refused.Enqueue(work) });

        foreach (GrainResult grain in deleted.AllGrains())
        {
            writer.Add(deleted, grain);
        }

        foreach (GrainResult grain in other.AllGrains())
        {
            writer.Add(other, grain);
        }

        Assert.True(SpinWait.SpinUntil(() => other.Stored().Length == 9 && !refused.IsEmpty, _hang));
        Assert.Same(deleted, refused.First());
        Assert.Empty(deleted.Stored());
        Assert.Contains("is not in the store", writer.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Results_that_were_begun_before_others_were_removed_are_lost_from_memory_and_from_the_disk()
    {
        using var store = SqliteResults.Open(_folder["results.db"]);
        CampaignWork work = Works.Of(8);
        store.SaveCampaign(work.Record);
        store.RemoveGrains(work.Id, [3], 1, removals: 1);
        var lost = new ConcurrentQueue<long>();
        var folder = new SpillFolder(_folder["spill"], 1 << 20, _ => { });
        folder.TryAdd(work, work.AllGrains()[..4]);
        using var writer = new ResultWriter(
            store, 1000, folder, new ResultReports { Lost = (_, grains) => Array.ForEach([.. grains], lost.Enqueue) });
        foreach (GrainResult grain in work.AllGrains()[4..])
        {
            writer.Add(work, grain with { Removals = grain.Grain == 7 ? 1 : 0 });
        }

        Assert.True(SpinWait.SpinUntil(() => work.Stored().Length == 1 && lost.Count == 7, _hang));
        Assert.Equal([7], work.Stored());
        Assert.Equal([0L, 1, 2, 3, 4, 5, 6], lost.Order());
        Assert.Equal([7], store.StoredGrains(work.Id));
        Assert.Null(writer.Problem);
        Assert.Empty(Directory.GetFiles(_folder["spill"]));
    }

    [Fact]
    public void Files_of_a_deleted_campaign_are_deleted_and_hold_nobody_up()
    {
        using var store = SqliteResults.Open(_folder["results.db"]);
        CampaignWork deleted = Works.Of(8), other = Works.Of(9);
        store.SaveCampaign(other.Record);
        var folder = new SpillFolder(_folder["spill"], 1 << 20, _ => { });
        folder.TryAdd(deleted, deleted.AllGrains());
        folder.TryAdd(other, other.AllGrains());

        using var writer = new ResultWriter(store, 1000, folder);

        Assert.True(SpinWait.SpinUntil(() => other.Stored().Length == 9, _hang));
        Assert.True(SpinWait.SpinUntil(() => folder.Oldest is null, _hang));
        Assert.Empty(Directory.GetFiles(_folder["spill"]));
    }
}
