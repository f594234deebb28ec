using CalciumSweep.Coordinator.Campaigns;
using CalciumSweep.Coordinator.Cli;
using CalciumSweep.Coordinator.Membership;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Store;
using CalciumSweep.Worker;
using Cluster = Akka.Cluster.Cluster;

namespace CalciumSweep.Actors.Membership;

/// <summary>Members of one cluster in one process, each with an actor system and a port of its own.</summary>
internal sealed class TestMember(string folder, MemoryResults store, Plan plan, int seed)
{
    public static bool IsUp(ClusterMember member, int members) => !member.System.WhenTerminated.IsCompleted
        && Cluster.Get(member.System).State.Members.Count(one => one.Status == Akka.Cluster.MemberStatus.Up) == members;

    public ClusterMember Coordinator(ClusterTls? tls = null, int? port = null, int? other = null, CoordinatorRegister? register = null)
    {
        var (journal, setup) = JournalDatabase.For(Path.Combine(folder, "journal.db"));
        MembershipSettings settings = Settings("coordinator", port ?? seed, tls);
        return ClusterMember.Start(
            other is null ? settings : settings with { Seeds = [.. settings.Seeds, $"127.0.0.1:{other}"] },
            new MemberParts(store, CampaignRules.Default with { ResumesItself = true }, NodeConfig.For(journal), _ => plan)
            {
                Journal = setup,
                Register = register,
            });
    }

    public ClusterMember Worker(WorkerNode? node, ClusterTls? tls = null) => ClusterMember.Start(
        Settings("worker", 0, tls),
        new MemberParts(store, CampaignRules.Default, NodeConfig.For(Akka.Configuration.Config.Empty), _ => plan) { Worker = node });

    private MembershipSettings Settings(string role, int port, ClusterTls? tls) => new("127.0.0.1", port)
    {
        Roles = [role],
        Seeds = [$"127.0.0.1:{seed}"],
        Tls = tls,
        StableAfter = TimeSpan.FromSeconds(2),
        SeedTime = TimeSpan.FromSeconds(2),
    };
}
