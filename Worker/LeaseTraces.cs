using System.Diagnostics;
using CalciumSweep.Shared;
using CalciumSweep.Shared.Messages;
using CalciumSweep.Shared.Results;

namespace CalciumSweep.Worker;

/// <summary>
/// Where in traces the grains of one campaign were leased, so that storing them follows there. Empty while the coordinator
/// does not trace. Thread-safe.
/// </summary>
internal sealed class LeaseTraces
{
    // Of more grains than a worker may hold some are not needed any more: they were handed back.
    private const int Most = 1 << 14;
    private readonly Lock _lock = new();
    private readonly Dictionary<long, ActivityContext> _leases = [];

    /// <summary>Grains were leased.</summary>
    public void Add(GrainsLeased leased)
    {
        if (leased.Trace is null || !ActivityContext.TryParse(leased.Trace, null, isRemote: true, out ActivityContext at))
        {
            return;
        }

        lock (_lock)
        {
            if (_leases.Count > Most)
            {
                _leases.Clear();
            }

            foreach (long grain in leased.Granted.Grains)
            {
                _leases[grain] = at;
            }
        }
    }

    /// <summary>Begins the part of a trace in which grains are stored; null if nobody traces.</summary>
    public Activity? Store(CampaignWork work, IReadOnlyList<GrainResult> grains)
    {
        ActivityContext[] leases = Of(grains);
        Activity? store = Signals.Source.StartActivity(
            "grains.store", ActivityKind.Client, leases.FirstOrDefault(), links: leases.Skip(1).Select(lease => new ActivityLink(lease)));
        store?.SetTag(Signals.Campaign, work.Id.Value).SetTag(Signals.Worker, work.Worker.Value).SetTag(Signals.Grains, grains.Count);
        return store;
    }

    /// <summary>Grains are stored.</summary>
    public void Forget(IReadOnlyList<GrainResult> grains)
    {
        lock (_lock)
        {
            for (int i = 0; i < grains.Count && _leases.Count > 0; i++)
            {
                _leases.Remove(grains[i].Grain);
            }
        }
    }

    private ActivityContext[] Of(IReadOnlyList<GrainResult> grains)
    {
        lock (_lock)
        {
            return _leases.Count == 0 ? []
                : [.. grains.Where(grain => _leases.ContainsKey(grain.Grain)).Select(grain => _leases[grain.Grain]).Distinct()];
        }
    }
}
