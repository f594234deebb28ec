using System.Collections.Immutable;
using CalciumSweep.Shared.Messages;

namespace CalciumSweep.Coordinator.Campaigns;

/// <summary>
/// Who computes what: memory only, repaired by every statement. What a worker states becomes what the table says of it;
/// what it no longer holds is free again. A grain that somebody holds is granted to nobody else, but for stragglers near
/// the end. Immutable.
/// </summary>
public sealed partial record Leases
{
    private const double ChunkSeconds = 2, LeastChunkSeconds = 0.5, MostChunkSeconds = 5;

    // The map is to be coarse everywhere after 2 % of the work, so that a chunk is a small part of it.
    private const int CoarseBits = 10, MostChunkBits = 12;

    /// <summary>What a worker that ended had reported is on its way for so long; what was lost is leased again then.</summary>
    private static readonly TimeSpan _leavingTime = TimeSpan.FromSeconds(2);
    private readonly long _grains;
    private readonly int? _shuffleSeed;
    private LeaseOrder _order;
    private int _chunkBits;
    private ImmutableDictionary<WorkerId, Holding> _workers = ImmutableDictionary<WorkerId, Holding>.Empty;

    /// <summary>Completed or held.</summary>
    private GrainMap _unavailable = GrainMap.Empty;

    /// <summary>Grains that more than one worker may hold: when one lets go, the others have to be looked at.</summary>
    private ImmutableHashSet<long> _doubled = [];

    /// <summary>No chunk at a position before it has a grain that is free.</summary>
    private long _cursor;

    private Leases(long grains, int? shuffleSeed, GrainMap completed)
    {
        (_grains, _shuffleSeed, _unavailable) = (grains, shuffleSeed, completed);
        _order = new LeaseOrder(grains, shuffleSeed);
    }

    /// <summary>Nobody holds anything.</summary>
    /// <param name="grains">Grains of the campaign.</param>
    /// <param name="shuffleSeed">Tests: shuffles the order.</param>
    /// <param name="completed">Grains that need no lease.</param>
    public static Leases None(long grains, int? shuffleSeed, GrainMap completed) => new(grains, shuffleSeed, completed);

    /// <summary>Each worker that spoke and is not given up.</summary>
    public IReadOnlyDictionary<WorkerId, Holding> Workers => _workers;

    /// <summary>Grains that are handed out side by side: about <see cref="ChunkSeconds"/> of one core.</summary>
    public int ChunkGrains => 1 << _chunkBits;

    /// <summary>Bytes that its map of grains takes.</summary>
    public long Bytes => _unavailable.Bytes;

    /// <summary>Takes a worker's statement and grants it what is missing.</summary>
    /// <param name="stated">The statement.</param>
    /// <param name="completed">Grains that need no lease.</param>
    /// <param name="isLeasing">False grants nothing.</param>
    /// <param name="now">The time.</param>
    /// <param name="until">When the worker is given up unless it speaks again.</param>
    /// <returns>A statement that arrives after a later one changes nothing.</returns>
    public LeaseAnswer State(
        StateHolding stated, GrainMap completed, bool isLeasing, DateTimeOffset now, DateTimeOffset until)
    {
        Holding? known = _workers.GetValueOrDefault(stated.Worker);
        if (known is not null && stated.Statement <= known.Statement)
        {
            return new(this, GrainSet.Empty, [], []);
        }

        Leases table = Let(stated.Worker, known?.Held.Except(stated.Held) ?? GrainSet.Empty, completed)
            .Take(known is null ? stated.Held : stated.Held.Except(known.Held), completed);
        long freed = Math.Max(0, _unavailable.Count - table._unavailable.Count);
        var holding = Holding.Of(stated, known, now, stated.IsLeaving && now + _leavingTime < until ? now + _leavingTime : until);
        table = (table with { _workers = table._workers.SetItem(stated.Worker, holding) }).SizeChunks(stated.GrainSeconds);
        if (!isLeasing || stated.IsLeaving)
        {
            return table.Feed(freed, new(table, GrainSet.Empty, [], []), stated.Worker);
        }

        int limit = table.QueueLimit(completed, holding.Slots);
        long begun = stated.Held.Count - stated.Queued.Count;
        long wanted = Math.Min(stated.TopUpTo - begun, limit) - stated.Queued.Count;
        LeaseAnswer answer = table.Grant(stated, holding, wanted, completed, now) with { QueueLimit = limit };
        return answer.Next.Feed(freed, answer, stated.Worker);
    }

    /// <summary>Gives workers up; what they held is free again.</summary>
    public LeaseAnswer GiveUp(IEnumerable<WorkerId> workers, GrainMap completed)
    {
        Leases next = this;
        foreach (WorkerId worker in workers)
        {
            if (next._workers.TryGetValue(worker, out Holding? holding))
            {
                next = next.Let(worker, holding.Held, completed);
                next = next with { _workers = next._workers.Remove(worker) };
            }
        }

        return next.Feed(_unavailable.Count - next._unavailable.Count, new(next, GrainSet.Empty, [], []));
    }

    /// <summary>These grains need no lease any more.</summary>
    public Leases Complete(GrainSet grains) => this with
    {
        _unavailable = _unavailable.With(grains),
        _doubled = _doubled.IsEmpty ? _doubled : _doubled.Except(grains.Grains),
    };

    /// <summary>These grains need a lease again.</summary>
    public Leases Reopen(GrainSet grains)
    {
        GrainSet held = _workers.Values.Aggregate(GrainSet.Empty, (all, worker) => all.Union(worker.Held.Intersect(grains)));
        IEnumerable<long> shared = held.Grains.Where(grain => _workers.Values.Count(worker => worker.Held.Contains(grain)) > 1);
        return this with
        {
            _unavailable = _unavailable.Without(grains.Except(held)),
            _doubled = _doubled.Union(shared),
            _cursor = 0,
        };
    }

    /// <summary>A worker lets go of grains: they are free unless they are completed or somebody else holds them.</summary>
    private Leases Let(WorkerId worker, GrainSet grains, GrainMap completed)
    {
        GrainSet free = completed.Missing(grains);
        if (free.IsEmpty)
        {
            return this;
        }

        ImmutableHashSet<long> doubled = _doubled;
        if (!doubled.IsEmpty)
        {
            long[] shared = [.. free.Grains.Where(doubled.Contains)];
            var kept = GrainSet.Of(shared.Where(grain => _workers.Any(
                other => other.Key != worker && other.Value.Held.Contains(grain))));
            doubled = doubled.Except(shared).Union(kept.Grains.Where(grain => _workers.Count(
                other => other.Key != worker && other.Value.Held.Contains(grain)) > 1));
            free = free.Except(kept);
        }

        long cursor = free.IsEmpty ? _cursor : Math.Min(_cursor, free.Ranges.Min(FirstPosition));
        return this with { _unavailable = _unavailable.Without(free), _doubled = doubled, _cursor = cursor };
    }

    /// <summary>A worker holds grains that the table did not know it had.</summary>
    private Leases Take(GrainSet grains, GrainMap completed)
    {
        GrainSet open = completed.Missing(grains);
        GrainSet free = _unavailable.Missing(open), shared = open.Except(free);
        return this with { _unavailable = _unavailable.With(free), _doubled = _doubled.Union(shared.Grains) };
    }

    private long FirstPosition(GrainRange range)
    {
        long first = long.MaxValue;
        for (long chunk = range.First >> _chunkBits; chunk <= (range.End - 1) >> _chunkBits; chunk++)
        {
            first = Math.Min(first, _order.PositionOf(chunk));
        }

        return first;
    }

    /// <summary>Half of the work that is left, divided fairly: nobody is to have much to do when others have nothing.</summary>
    private int QueueLimit(GrainMap completed, int slots)
    {
        long left = _grains - completed.Count, all = Math.Max(1, _workers.Values.Sum(worker => (long)worker.Slots));
        return (int)Math.Min(int.MaxValue, Math.Max(1, (left + (2 * all) - 1) / (2 * all)) * slots);
    }

    /// <summary>Other chunks when the cost of a grain turns out to be another.</summary>
    private Leases SizeChunks(double grainSeconds)
    {
        double now = grainSeconds * ChunkGrains;
        if (grainSeconds <= 0 || (now >= LeastChunkSeconds && now <= MostChunkSeconds))
        {
            return this;
        }

        int most = Math.Clamp((int)Math.Log2(Math.Max(1, _grains)) - CoarseBits, 0, MostChunkBits);
        int bits = Math.Clamp((int)Math.Round(Math.Log2(ChunkSeconds / grainSeconds)), 0, most);
        return bits == _chunkBits ? this : this with
        {
            _chunkBits = bits,
            _order = new LeaseOrder((_grains + (1L << bits) - 1) >> bits, _shuffleSeed),
            _cursor = 0,
        };
    }

    /// <summary>Grains became free: those who have nothing to do hear of it first, and no more of them than there are grains.</summary>
    private LeaseAnswer Feed(long freed, LeaseAnswer answer, WorkerId? spoke = null)
    {
        var hungry = _workers.Where(worker => freed > 0 && worker.Value.IsHungry && worker.Key != spoke).ToList();
        WorkerId[] fed = [.. (hungry.Exists(worker => worker.Value.Idle > 0) ? hungry.Where(worker => worker.Value.Idle > 0) : hungry)
            .OrderBy(worker => worker.Key.Value, StringComparer.Ordinal).Take((int)Math.Min(freed, int.MaxValue)).Select(worker => worker.Key)];
        return answer with { Next = this, Fed = fed };
    }
}
