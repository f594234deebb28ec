using Akka.Actor;
using Akka.Cluster.Sharding;
using CalciumSweep.Shared;
using Cluster = Akka.Cluster.Cluster;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>How a node finds its cluster, and the campaigns in it.</summary>
internal static class NodeCluster
{
    /// <summary>Name of every actor system of a cluster.</summary>
    public const string Name = "CalciumSweep";

    private const string Campaigns = "campaign";

    /// <summary>Joins the seeds that are named, or begins a cluster of its own.</summary>
    public static void Join(ActorSystem system, NodeSettings settings)
    {
        Cluster cluster = Cluster.Get(system);
        if (settings.Seeds.Count == 0)
        {
            cluster.Join(cluster.SelfAddress);
        }
        else
        {
            cluster.JoinSeedNodes(settings.Seeds.Select(seed => Seed(cluster.SelfAddress, seed)));
        }
    }

    /// <summary>The shard region of the campaigns: one that hosts them on a coordinator, else one that only knows the way.</summary>
    /// <param name="system">The node's actor system.</param>
    /// <param name="roles">What the node does.</param>
    /// <param name="campaign">How to make a campaign's entity.</param>
    public static IActorRef Region(ActorSystem system, NodeRoles roles, Func<CampaignId, Props> campaign)
    {
        ClusterSharding sharding = ClusterSharding.Get(system);
        return roles.HasFlag(NodeRoles.Coordinator)
            ? sharding.Start(
                Campaigns, id => campaign(new CampaignId(id)), ClusterShardingSettings.Create(system), new CampaignRouting())
            : sharding.StartProxy(Campaigns, RoleNames.Of(NodeRoles.Coordinator)[0], new CampaignRouting());
    }

    // The seeds speak the protocol that this node speaks.
    private static Address Seed(Address self, string seed)
    {
        int colon = seed.LastIndexOf(':');
        return self.WithHost(seed[..colon]).WithPort(ushort.Parse(seed.AsSpan(colon + 1)));
    }
}
