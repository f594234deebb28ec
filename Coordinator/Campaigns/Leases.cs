using System.Collections.Immutable;
using CalciumSweep.Shared.Messages;

namespace CalciumSweep.Coordinator.Campaigns;

/// <summary>
/// Who computes what: memory only, repaired by every statement. What a worker states becomes what the table says of it;
/// what it no longer holds is free again. A grain that somebody holds is granted to nobody else. Immutable.
/// </summary>
public sealed class Leases
{
    private readonly LeaseOrder _order;
    private readonly ImmutableDictionary<WorkerId, Holding> _workers;

    /// <summary>No position before it holds a grain that is free.</summary>
    private readonly long _cursor;

    private Leases(LeaseOrder order, ImmutableDictionary<WorkerId, Holding> workers, long cursor) =>
        (_order, _workers, _cursor) = (order, workers, cursor);

    /// <summary>Nobody holds anything.</summary>
    public static Leases None(LeaseOrder order) => new(order, ImmutableDictionary<WorkerId, Holding>.Empty, 0);

    /// <summary>Each worker that spoke and is not given up.</summary>
    public IReadOnlyDictionary<WorkerId, Holding> Workers => _workers;

    /// <summary>Takes a worker's statement and grants it what is missing.</summary>
    /// <param name="stated">The statement.</param>
    /// <param name="completed">Grains that need no lease.</param>
    /// <param name="topUpTo">How many grains the worker may hold in all; 0 grants nothing.</param>
    /// <param name="until">When the worker is given up unless it speaks again.</param>
    /// <returns>The new table and the grains granted; a statement that arrives after a later one changes nothing.</returns>
    public (Leases Next, GrainSet Granted) State(
        StateHolding stated, GrainSet completed, int topUpTo, DateTimeOffset until)
    {
        Holding? known = _workers.GetValueOrDefault(stated.Worker);
        if (known is not null && stated.Statement <= known.Statement)
        {
            return (this, GrainSet.Empty);
        }

        Leases released = Release(known, stated.Held, completed);
        var others = GrainSet.FromRanges(_workers
            .Where(worker => worker.Key != stated.Worker).SelectMany(worker => worker.Value.Held.Ranges));
        GrainSet taken = others.Union(stated.Held);
        var granted = new List<long>();
        long wanted = topUpTo - stated.Held.Count;
        long cursor = released._cursor;
        while (granted.Count < wanted && cursor < _order.Positions)
        {
            long grain = _order.GrainAt(cursor++);
            if (grain >= 0 && !completed.Contains(grain) && !taken.Contains(grain))
            {
                granted.Add(grain);
            }
        }

        var grant = GrainSet.Of(granted);
        var holding = new Holding(stated.Held.Union(grant), stated.Statement, until);
        return (new(_order, _workers.SetItem(stated.Worker, holding), cursor), grant);
    }

    /// <summary>Gives up the workers that were silent for too long; what they held is free again.</summary>
    public Leases Expire(DateTimeOffset now, GrainSet completed)
    {
        Leases next = this;
        foreach (var (worker, holding) in _workers.Where(worker => worker.Value.Until < now))
        {
            next = next.Release(holding, GrainSet.Empty, completed);
            next = new(_order, next._workers.Remove(worker), next._cursor);
        }

        return next;
    }

    private Leases Release(Holding? known, GrainSet stillHeld, GrainSet completed)
    {
        GrainSet free = known is null ? GrainSet.Empty : known.Held.Except(stillHeld).Except(completed);
        long cursor = free.IsEmpty ? _cursor : Math.Min(_cursor, free.Grains.Min(_order.PositionOf));
        return new(_order, _workers, cursor);
    }
}
