using CalciumSweep.Actors;
using CalciumSweep.Shared.Messages;
using CalciumSweep.Unit.Store;
using CalciumSweep.Worker;
using Xunit;

namespace CalciumSweep.StoreTests.Spill;

/// <summary>A worker that starts on a folder where an earlier one left results.</summary>
public sealed class RecoveredResultsTests : IDisposable
{
    private static readonly TimeSpan _hang = TimeSpan.FromSeconds(60);
    private readonly TemporaryFolder _folder = new();
    private readonly MemoryResults _store = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Results_that_are_stored_before_their_campaign_is_known_are_reported_once_it_is()
    {
        CampaignWork work = Works.Of(10);
        _store.SaveCampaign(work.Record);
        Assert.True(new SpillFolder(_folder.Path, 1 << 20, _ => { }).TryAdd(work, work.AllGrains()[2..7]));
        using var node = new WorkerNode(_store, new WorkerSettings(1, 1) { Threads = 0, SpillFolder = _folder.Path });
        Assert.True(SpinWait.SpinUntil(() => _store.StoredGrains(work.Id).Count == 5 && Directory.GetFiles(_folder.Path).Length == 0, _hang));

        // The file is gone before the node has heard of it: it may be told just before or just after it joins.
        node.Open(new CampaignSpec(work.Id, work.Spec, DateTimeOffset.UnixEpoch), work.Plan);
        var told = new SortedSet<long>();
        Assert.True(SpinWait.SpinUntil(
            () =>
            {
                told.UnionWith(node.Rejoin().OfType<CompleteGrains>().SelectMany(done => done.Grains).Select(grain => grain.Grain));
                return told.Count == 5;
            },
            _hang));

        Assert.Equal([2, 3, 4, 5, 6], told);
        Assert.Equal(GrainSet.FromRanges([new(2, 7)]), node.Rejoin().OfType<StateHolding>().Single().Held);
    }

    [Fact]
    public void Results_of_a_campaign_of_which_some_were_removed_since_are_neither_stored_nor_reported()
    {
        CampaignWork work = Works.Of(10);
        Assert.True(new SpillFolder(_folder.Path, 1 << 20, _ => { }).TryAdd(work, work.AllGrains()[2..7]));
        _store.SaveCampaign(work.Record with { Removals = 1 });
        using var node = new WorkerNode(_store, new WorkerSettings(1, 1) { Threads = 0, SpillFolder = _folder.Path });
        Assert.True(SpinWait.SpinUntil(() => Directory.GetFiles(_folder.Path).Length == 0, _hang));

        node.Open(new CampaignSpec(work.Id, work.Spec, DateTimeOffset.UnixEpoch) { Removals = 1 }, work.Plan);

        Assert.Empty(_store.StoredGrains(work.Id));
        Assert.DoesNotContain(node.Rejoin(), said => said is CompleteGrains);
        Assert.Equal(GrainSet.Empty, node.Rejoin().OfType<StateHolding>().Single().Held);
    }
}
