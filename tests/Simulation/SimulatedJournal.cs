using CalciumSweep.Shared.Messages;

namespace CalciumSweep.Simulation;

/// <summary>The journal of one campaign: outlives every process; each sequence number is written once.</summary>
internal sealed class SimulatedJournal
{
    private readonly SortedDictionary<long, ICampaignEvent> _events = [];
    private readonly SortedDictionary<long, CampaignSnapshot> _snapshots = [];

    /// <summary>The highest number ever written.</summary>
    public long Last { get; private set; }

    /// <summary>True if the last thing that happened is that results are to go.</summary>
    public bool EndsWithRemoval => _events.GetValueOrDefault(Last) is QuarantineRetried or CampaignDeleted;

    /// <summary>All events or none: refused if somebody else has written such a number.</summary>
    public bool TryWrite(long after, IReadOnlyList<ICampaignEvent> events)
    {
        if (after != Last)
        {
            return false;
        }

        foreach (ICampaignEvent change in events)
        {
            _events[++Last] = change;
        }

        return true;
    }

    /// <summary>The latest snapshot and what comes after it.</summary>
    public (CampaignSnapshot? Snapshot, IReadOnlyList<ICampaignEvent> Events) Read()
    {
        var (at, snapshot) = _snapshots.LastOrDefault();
        return (snapshot, [.. _events.Where(change => change.Key > at).Select(change => change.Value)]);
    }

    public void Save(long at, CampaignSnapshot snapshot)
    {
        _snapshots[at] = snapshot;
        DeleteBefore(at);
    }

    /// <summary>The event at the number stays.</summary>
    public void DeleteBefore(long at)
    {
        foreach (long old in _events.Keys.Where(number => number < at).ToList())
        {
            _events.Remove(old);
        }

        foreach (long old in _snapshots.Keys.Where(number => number < at).ToList())
        {
            _snapshots.Remove(old);
        }
    }
}
