using System.Collections.Concurrent;
using CalciumSweep.Shared;
using CalciumSweep.Shared.Results;

namespace CalciumSweep.Coordinator.Campaigns;

/// <summary>Campaigns that this node owns and that are not done, each as of a second ago. Written by their actors, read by anybody.</summary>
public sealed class CampaignBoard
{
    private readonly ConcurrentDictionary<CampaignId, CampaignFigures> _campaigns = new();

    /// <summary>All of them.</summary>
    public IReadOnlyCollection<CampaignFigures> Campaigns => [.. _campaigns.Values];

    /// <summary>Takes note of a campaign as it stands.</summary>
    /// <param name="state">Its state.</param>
    /// <param name="remaining">Its time left so far.</param>
    /// <param name="now">Time that never jumps.</param>
    internal void Note(CampaignState state, RemainingTime remaining, DateTimeOffset now)
    {
        if (state.Submitted is not { Spec.Layout: { } layout } || state.Status is CampaignStatus.Completed or CampaignStatus.Cancelled)
        {
            Remove(state.Id);
            return;
        }

        long done = state.Tally.Total, quarantined = state.Quarantined.Count;
        int workers = state.Leases.Workers.Count;
        remaining.Add(now - DateTimeOffset.UnixEpoch, done, workers);
        double seconds = state.WallTime.TotalSeconds;
        _campaigns[state.Id] = new(
            state.Id, layout.Simulations, done, quarantined, state.Leases.Workers.Values.Sum(worker => worker.Held.Count), workers,
            remaining.Left(layout.Simulations - done - quarantined, seconds > 0 ? done / seconds : 0));
    }

    /// <summary>It is done, or somebody else's now.</summary>
    public void Remove(CampaignId id) => _campaigns.TryRemove(id, out _);
}
