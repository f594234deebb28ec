using System.Collections.Concurrent;
using CalciumSweep.Actors;
using CalciumSweep.Shared.Results;
using CalciumSweep.Unit.Results;
using CalciumSweep.Unit.Store;
using CalciumSweep.Worker;
using Xunit;

namespace CalciumSweep.StoreTests.Spill;

/// <summary>The writer before a store that comes and goes.</summary>
public sealed class ResultWriterTests : IDisposable
{
    private const int Bound = 64; // simulations: sixteen grains
    private const long Plenty = 1L << 30;
    private static readonly TimeSpan _hang = TimeSpan.FromSeconds(60);
    private readonly TemporaryFolder _folder = new();
    private readonly MemoryResults _store = new();
    private readonly ConcurrentQueue<string> _log = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void While_the_store_is_away_nobody_waits_and_nothing_is_acknowledged_and_then_all_of_it_is_stored()
    {
        CampaignWork work = Works.Of(400);
        _store.IsDown = true;
        using ResultWriter writer = Open(Plenty);

        AddAll(writer, work);
        Assert.True(SpinWait.SpinUntil(() => writer.Problem is not null, _hang));
        Assert.Empty(work.Stored());
        Assert.NotEmpty(Spilled());

        _store.IsDown = false;
        AssertAllStored(work);
        Assert.Null(writer.Problem);
        Assert.True(SpinWait.SpinUntil(() => Spilled().Length == 0, _hang));
    }

    [Fact]
    public void Without_a_folder_whoever_adds_waits_at_the_bound()
    {
        CampaignWork work = Works.Of(100);
        _store.IsDown = true;
        using var writer = new ResultWriter(_store, Bound);
        int added = 0;
        var adding = new Thread(() =>
        {
            foreach (GrainResult grain in work.AllGrains())
            {
                writer.Add(work, grain);
                Interlocked.Increment(ref added);
            }
        });
        adding.Start();
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref added) == Bound / 4, _hang));
        Assert.False(adding.Join(TimeSpan.FromMilliseconds(100)));

        _store.IsDown = false;
        Assert.True(adding.Join(_hang));
        AssertAllStored(work);
    }

    [Fact]
    public void A_few_results_reach_the_disk_too_when_the_store_stays_away()
    {
        CampaignWork work = Works.Of(2);
        _store.IsDown = true;
        using ResultWriter writer = Open(Plenty);

        AddAll(writer, work);

        Assert.True(SpinWait.SpinUntil(() => Spilled().Length > 0, _hang));
        Assert.Empty(work.Stored());
        _store.IsDown = false;
        AssertAllStored(work);
    }

    [Fact]
    public void What_an_earlier_process_left_is_stored_and_told()
    {
        CampaignWork work = Works.Of(10);
        var earlier = new SpillFolder(_folder.Path, Plenty, _log.Enqueue);
        Assert.True(earlier.TryAdd(work, work.AllGrains()[..4]));
        Assert.True(earlier.TryAdd(work, work.AllGrains()[4..]));
        File.WriteAllText(_folder["0000000000000009.spill.new"], "torn");
        var told = new ConcurrentQueue<long>();

        using (new ResultWriter(_store, Bound, new SpillFolder(_folder.Path, Plenty, _log.Enqueue), new ResultReports
        {
            Recovered = (id, grains) =>
            {
                Assert.Equal(work.Id, id);
                Assert.All(grains.Grains, grain => Assert.Equal(4, grain.Tally.Total));
                Array.ForEach([.. grains.Grains], grain => told.Enqueue(grain.Grain));
            },
        }))
        {
            Assert.True(SpinWait.SpinUntil(() => told.Count == 10, _hang));
        }

        Assert.Equal(Enumerable.Range(0, 10).Select(g => (long)g), told);
        Assert.All(_store.ReadGrains(work.Record, 2).Zip(work.AllGrains()), pair => Assert.True(Grains.Same(pair.Item1, pair.Item2)));
        Assert.Empty(Directory.GetFiles(_folder.Path));
        Assert.Contains("2 files of results", Assert.Single(_log), StringComparison.Ordinal);
    }

    [Fact]
    public void A_process_that_ends_while_the_store_is_away_leaves_its_results_to_the_next()
    {
        CampaignWork work = Works.Of(40);
        _store.IsDown = true;
        ResultWriter writer = Open(Plenty);
        AddAll(writer, work);
        writer.Dispose();
        Assert.Empty(_store.StoredGrainsNow(work));
        Assert.Contains("are kept on the disk", _log.Last(), StringComparison.Ordinal);

        _store.IsDown = false;
        using ResultWriter next = Open(Plenty);

        Assert.True(SpinWait.SpinUntil(() => _store.StoredGrainsNow(work).Length == 40, _hang));
    }

    [Fact]
    public void The_disk_is_used_up_to_its_bound_which_is_said_once()
    {
        CampaignWork work = Works.Of(400);
        _store.IsDown = true;
        using ResultWriter writer = Open(bound: 6000);
        var adding = new Thread(() => AddAll(writer, work));
        adding.Start();

        Assert.True(SpinWait.SpinUntil(() => _log.Any(line => line.StartsWith("No more results", StringComparison.Ordinal)), _hang));
        Assert.False(adding.Join(TimeSpan.FromSeconds(2)));
        Assert.InRange(Spilled().Sum(file => new FileInfo(file).Length), 1, 6000);
        Assert.Single(_log, line => line.StartsWith("No more results", StringComparison.Ordinal));

        _store.IsDown = false;
        Assert.True(adding.Join(_hang));
        AssertAllStored(work);
        Assert.True(SpinWait.SpinUntil(() => _log.Any(line => line.EndsWith("has room again", StringComparison.Ordinal)), _hang));
    }

    [Fact]
    public void A_full_disk_is_a_bound_too()
    {
        // Where mounting is not allowed the folder's own bound plays the disk.
        bool mounted = _folder.TryMount("size=64k");
        CampaignWork work = Works.Of(800);
        _store.IsDown = true;
        using (ResultWriter writer = Open(mounted ? Plenty : 60_000))
        {
            var adding = new Thread(() => AddAll(writer, work));
            adding.Start();
            Assert.True(SpinWait.SpinUntil(() => _log.Any(line => line.StartsWith("No more results", StringComparison.Ordinal)), _hang));
            Assert.DoesNotContain(Directory.GetFiles(_folder.Path), file => file.EndsWith(".new", StringComparison.Ordinal));

            _store.IsDown = false;
            Assert.True(adding.Join(_hang));
            AssertAllStored(work);
        }
    }

    [Fact]
    public void What_is_damaged_on_the_disk_is_not_done_and_the_rest_is_stored()
    {
        CampaignWork work = Works.Of(40);
        _store.IsDown = true;
        var lost = new ConcurrentQueue<long>();
        var folder = new SpillFolder(_folder.Path, Plenty, _log.Enqueue);
        using var writer = new ResultWriter(_store, Bound, folder, new ResultReports
        {
            Log = Note,
            Lost = (whose, grains) => Array.ForEach([.. grains], grain =>
            {
                Assert.Same(work, whose);
                lost.Enqueue(grain);
            }),
        });
        AddAll(writer, work);
        Assert.True(SpinWait.SpinUntil(() => folder.Oldest?.Grains.Count > 1, _hang));
        SpillFile oldest = folder.Oldest!;
        byte[] bytes = File.ReadAllBytes(oldest.Path);
        bytes[^20] ^= 1;
        File.WriteAllBytes(oldest.Path, bytes);

        _store.IsDown = false;

        Assert.True(SpinWait.SpinUntil(() => lost.Count + work.Stored().Length == 40, _hang));
        Assert.Equal(oldest.Grains[^1], Assert.Single(lost));
        Assert.Equal(39, _store.StoredGrainsNow(work).Length);
        Assert.Contains(_log, line => line.Contains("was damaged", StringComparison.Ordinal));
    }

    private void Note(WorkerNote note)
    {
        if (note.Matters == WorkerNote.Weight.Problem)
        {
            _log.Enqueue(note.Text);
        }
    }

    private ResultWriter Open(long bound) => new(
        _store, Bound, new SpillFolder(_folder.Path, bound, _log.Enqueue), new ResultReports { Log = Note });

    private static void AddAll(ResultWriter writer, CampaignWork work)
    {
        foreach (GrainResult grain in work.AllGrains())
        {
            writer.Add(work, grain);
        }
    }

    private void AssertAllStored(CampaignWork work)
    {
        long grains = work.Spec.Layout.Grains;
        Assert.True(SpinWait.SpinUntil(() => work.Stored().Length == grains, _hang), $"{work.Stored().Length} of {grains}");
        Assert.All(_store.ReadGrains(work.Record, 2).Zip(work.AllGrains()), pair => Assert.True(Grains.Same(pair.Item1, pair.Item2)));
    }

    private string[] Spilled() => Directory.GetFiles(_folder.Path, "*.spill");
}
