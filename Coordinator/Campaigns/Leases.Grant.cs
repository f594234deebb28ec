using CalciumSweep.Shared.Messages;

namespace CalciumSweep.Coordinator.Campaigns;

/// <summary>Where granted grains come from: free ones, then what others have not begun, then what others are slow with.</summary>
public sealed partial record Leases
{
    // A straggler is a grain that takes much longer than grains do there, and long enough for a message to arrive.
    private const double StragglerFactor = 3;
    private static readonly TimeSpan _leastStraggling = TimeSpan.FromSeconds(2);

    private LeaseAnswer Grant(StateHolding stated, Holding holding, long wanted, GrainMap completed, DateTimeOffset now)
    {
        wanted = stated.Idle > 0 ? wanted : Math.Min(wanted, Unreserved(stated.Worker));
        (Leases table, GrainSet granted) = wanted > 0 ? TakeFree(wanted) : (this, GrainSet.Empty);
        long missing = wanted - granted.Count;
        IReadOnlyList<(WorkerId, GrainSet)> recalled = [];
        if (missing > 0 && stated.Idle > granted.Count)
        {
            (table, recalled) = table.Recall(stated.Worker, holding.Slots, missing, now);
            if (recalled.Count == 0)
            {
                GrainSet doubled = table.Stragglers(stated, completed, now, (int)(stated.Idle - granted.Count));
                table = table with { _doubled = table._doubled.Union(doubled.Grains) };
                granted = granted.Union(doubled);
            }
        }

        holding = holding with
        {
            Held = holding.Held.Union(granted),
            Queued = holding.Queued.Union(granted),
            IsHungry = missing > 0,
        };
        return new(table with { _workers = table._workers.SetItem(stated.Worker, holding) }, granted, recalled, []);
    }

    /// <summary>Free grains that are not meant for those who have nothing to do and were told to ask.</summary>
    private long Unreserved(WorkerId asker) => Math.Max(0, _grains - _unavailable.Count
        - _workers.Where(worker => worker.Value.IsHungry && worker.Key != asker).Sum(worker => (long)worker.Value.Idle));

    private (Leases Next, GrainSet Granted) TakeFree(long wanted)
    {
        var ranges = new List<GrainRange>();
        long cursor = _cursor, inChunk = 0;
        while (wanted > 0 && cursor < _order.Positions)
        {
            long chunk = _order.GrainAt(cursor);
            long end = chunk < 0 ? 0 : Math.Min(_grains, (chunk + 1) << _chunkBits);
            long first = chunk < 0 ? end : _unavailable.NextOutside(Math.Max(chunk << _chunkBits, inChunk), end);
            if (first >= end)
            {
                cursor++;
                inChunk = 0;
                continue;
            }

            long stop = _unavailable.NextInside(first, Math.Min(end, first + wanted));
            ranges.Add(new(first, stop));
            wanted -= stop - first;
            inChunk = stop;
        }

        var granted = GrainSet.FromRanges(ranges);
        return (this with { _cursor = cursor, _unavailable = _unavailable.With(granted) }, granted);
    }

    /// <summary>The fair share of what others hold and have not begun, from those who hold most of it.</summary>
    private (Leases Next, IReadOnlyList<(WorkerId, GrainSet)> Recalled) Recall(
        WorkerId asker, int slots, long missing, DateTimeOffset now)
    {
        var donors = _workers.Where(worker => worker.Key != asker)
            .Select(worker => (worker.Key, Spare: worker.Value.Queued.Except(worker.Value.Recalled)))
            .Where(worker => !worker.Spare.IsEmpty).OrderByDescending(worker => worker.Spare.Count)
            .ThenBy(worker => worker.Key.Value, StringComparer.Ordinal).ToList();
        long spare = donors.Sum(worker => worker.Spare.Count), all = _workers.Values.Sum(worker => (long)worker.Slots);
        long left = Math.Min(missing, ((spare * slots) + all - 1) / all);
        Leases table = this;
        var recalled = new List<(WorkerId, GrainSet)>();
        foreach (var (donor, queued) in donors)
        {
            long share = Math.Min(left, ((queued.Count * slots) + all - 1) / all);
            if (share <= 0)
            {
                break;
            }

            left -= share;
            GrainSet back = Last(queued, share);
            Holding holding = table._workers[donor];
            recalled.Add((donor, back));
            table = table with
            {
                _workers = table._workers.SetItem(
                    donor, holding with { Recalled = holding.Recalled.Union(back), RecalledAt = now }),
            };
        }

        return (table, recalled);
    }

    private static GrainSet Last(GrainSet grains, long count)
    {
        var ranges = new List<GrainRange>();
        for (int i = grains.Ranges.Count - 1; i >= 0 && count > 0; i--)
        {
            GrainRange range = grains.Ranges[i];
            long take = Math.Min(count, range.End - range.First);
            ranges.Add(new(range.End - take, range.End));
            count -= take;
        }

        return GrainSet.FromRanges(ranges);
    }

    /// <summary>
    /// The oldest grains that others have begun and not ended, or were asked to hand back and did not. Nobody holds a
    /// third copy.
    /// </summary>
    private GrainSet Stragglers(StateHolding stated, GrainMap completed, DateTimeOffset now, int most)
    {
        var late = new List<(DateTimeOffset Since, long Grain)>();
        foreach (var (worker, holding) in _workers)
        {
            if (worker == stated.Worker)
            {
                continue;
            }

            var patience = TimeSpan.FromSeconds(
                Math.Max(_leastStraggling.TotalSeconds, StragglerFactor * Math.Min(holding.GrainSeconds, 1e6)));
            late.AddRange(holding.Begun.Where(begun => begun.Value + patience <= now).Select(begun => (begun.Value, begun.Key)));
            if (holding.RecalledAt + patience <= now)
            {
                late.AddRange(holding.Recalled.Grains.Select(grain => (holding.RecalledAt, grain)));
            }
        }

        return GrainSet.Of(late
            .Where(one => !completed.Contains(one.Grain) && !_doubled.Contains(one.Grain) && !stated.Held.Contains(one.Grain))
            .Order().Take(most).Select(one => one.Grain));
    }
}
