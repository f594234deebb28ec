using CalciumSweep.Shared;

namespace CalciumSweep.Worker;

/// <summary>
/// Which campaign a solver thread serves next: the one that had least of its share so far. A campaign's time counts
/// divided by its weight, 2^priority; one that comes anew (or was idle) begins where the others are, so that it neither
/// waits nor catches up. Not thread-safe.
/// </summary>
public sealed class CampaignShares
{
    // A thread that changes campaigns drains its lanes: it stays for a while.
    private const double QuantumSeconds = 0.5;

    // Long simulations put a campaign behind the others by their own length at most; idle ones would by hours.
    private const double MostBehindSeconds = 30;
    private readonly Dictionary<CampaignId, double> _used = [];

    /// <summary>The campaign to serve next.</summary>
    /// <param name="ready">Those with something to begin; not empty.</param>
    public CampaignWork Next(IReadOnlyList<CampaignWork> ready)
    {
        Welcome(ready);
        CampaignWork next = ready[0];
        foreach (CampaignWork work in ready)
        {
            next = _used[work.Id] < _used[next.Id] ? work : next;
        }

        return next;
    }

    /// <summary>True if another campaign's turn has come.</summary>
    /// <param name="current">The campaign that the thread serves.</param>
    /// <param name="ready">Those with something to begin.</param>
    public bool IsOver(CampaignWork current, IReadOnlyList<CampaignWork> ready)
    {
        if (ready.Count == 0 || (ready.Count == 1 && ready[0] == current))
        {
            return false;
        }

        Welcome([current, .. ready]);
        double ahead = _used[current.Id] - ready.Min(work => _used[work.Id]);
        return ahead * Weight(current.Priority) > QuantumSeconds;
    }

    /// <summary>A campaign was served.</summary>
    public void Use(CampaignId id, int priority, double seconds) =>
        _used[id] = _used.GetValueOrDefault(id) + (seconds / Weight(priority));

    /// <summary>A campaign is no longer worked on.</summary>
    public void Forget(CampaignId id) => _used.Remove(id);

    private static double Weight(int priority) => Math.Pow(2, priority);

    private void Welcome(IReadOnlyList<CampaignWork> ready)
    {
        double least = ready.Where(work => _used.ContainsKey(work.Id))
            .Select(work => _used[work.Id]).DefaultIfEmpty(0).Min();
        foreach (CampaignWork work in ready)
        {
            double others = ready.Where(other => other != work && _used.ContainsKey(other.Id))
                .Select(other => _used[other.Id]).DefaultIfEmpty(double.NegativeInfinity).Min();
            _used[work.Id] = Math.Max(_used.GetValueOrDefault(work.Id, least), others - MostBehindSeconds);
        }
    }
}
