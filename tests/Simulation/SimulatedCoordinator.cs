using CalciumSweep.Shared;
using CalciumSweep.Shared.Messages;

namespace CalciumSweep.Simulation;

/// <summary>One incarnation of the coordinator's process.</summary>
internal sealed class SimulatedCoordinator
{
    private readonly Cluster _cluster;
    private readonly Dictionary<CampaignId, SimulatedCampaign> _campaigns = [];

    public SimulatedCoordinator(Cluster cluster, string name)
    {
        (_cluster, Name) = (cluster, name);
        foreach (Truth truth in cluster.Truths.Values)
        {
            _campaigns[truth.Id] = new SimulatedCampaign(cluster, this, truth, cluster.Journals[truth.Id]);
        }
    }

    public string Name { get; }

    public bool IsAlive { get; private set; } = true;

    public IEnumerable<SimulatedCampaign> Campaigns => _campaigns.Values;

    public void Hear(ICampaignMessage message, string from)
    {
        if (IsAlive)
        {
            _campaigns[message.Id].Hear(message, from);
        }
    }

    /// <summary>The failure detector says that nobody answers there.</summary>
    public void GiveUp(string peer)
    {
        foreach (SimulatedCampaign campaign in _campaigns.Values.Where(_ => IsAlive))
        {
            campaign.GiveUp(peer);
        }
    }

    /// <summary>Killed: whatever was not written is gone.</summary>
    public void Crash()
    {
        if (!IsAlive)
        {
            return;
        }

        IsAlive = false;
        _cluster.Check.LeasesForgotten();
        foreach (SimulatedCampaign campaign in _campaigns.Values)
        {
            campaign.Die();
        }

        _cluster.CoordinatorDied(this);
    }

    /// <summary>The journal refused a campaign's write: only that entity ends, and recovers unless the process is replaced.</summary>
    public void Restart(SimulatedCampaign campaign)
    {
        campaign.Die();
        _cluster.Check.LeasesForgotten();
        CampaignId id = campaign.Entity.State.Id;
        _cluster.World.After(0.1, Name, () =>
        {
            if (IsAlive)
            {
                _campaigns[id] = new SimulatedCampaign(_cluster, this, _cluster.Truths[id], _cluster.Journals[id]);
            }
        });
    }
}
