using Akka.Actor;
using Akka.Configuration;

namespace CalciumSweep.Coordinator.Membership;

/// <summary>Akka settings that follow from how a node takes part in a cluster.</summary>
internal static class MembershipConfig
{
    /// <summary>
    /// A cluster of several nodes: its gossip is slower than that of a node alone, and a node that was taken out of it
    /// ends its actor system, so that it can join again with a new one; so does one that nobody lets in for a while: a seed
    /// that has just given up its last incarnation may keep a connection of which it reads nothing.
    /// </summary>
    private const string Several = """
        akka.cluster {
          gossip-interval = 500 ms
          leader-actions-interval = 500 ms
          periodic-tasks-initial-delay = 500 ms
          retry-unsuccessful-join-interval = 2 s
          run-coordinated-shutdown-when-down = on
          shutdown-after-unsuccessful-join-seed-nodes = 40 s
          sharding {
            retry-interval = 500 ms
            coordinator-failure-backoff = 1 s
            waiting-for-state-timeout = 2 s
            distributed-data { gossip-interval = 500 ms, notify-subscribers-interval = 200 ms }
            coordinator-state { write-majority-plus = 3, read-majority-plus = 5 }
          }
          singleton.hand-over-retry-interval = 500 ms
          pub-sub.gossip-interval = 500 ms
        }
        """;

    /// <summary>Several coordinators: the lower address says nothing about who should go on.</summary>
    private const string Shared = $$"""
        akka.cluster.split-brain-resolver {
          active-strategy = lease-majority
          lease-majority { lease-implementation = {{MajorityLease.Path}}, role = coordinator, release-after = 40 s }
        }
        {{MajorityLease.Path}} {
          lease-class = "CalciumSweep.Coordinator.Membership.MajorityLease, CalciumSweep.Coordinator"
          heartbeat-timeout = 120 s
          heartbeat-interval = 12 s
          lease-operation-timeout = 5 s
        }
        """;

    /// <summary>The settings; the node's general ones are their fallback.</summary>
    /// <param name="settings">How it takes part.</param>
    /// <param name="isShared">True if a store that all share can say which half goes on.</param>
    public static Config For(MembershipSettings settings, bool isShared = false)
    {
        Config own = ConfigurationFactory.ParseString(
            $$"""
            akka.remote.dot-netty.tcp {
              hostname = "{{settings.Host}}"
              public-hostname = "{{settings.PublicHost ?? settings.Host}}"
              port = {{settings.Port}}
              enable-ssl = {{(settings.Tls is null ? "false" : "true")}}
            }
            akka.cluster {
              roles = [{{string.Join(", ", settings.Roles)}}]
              seed-node-timeout = {{settings.SeedTime.TotalMilliseconds:0}} ms
              split-brain-resolver.stable-after = {{settings.StableAfter.TotalMilliseconds:0}} ms
            }
            """);
        Config several = settings.Seeds.Count == 0 && !isShared ? own : own.WithFallback(ConfigurationFactory.ParseString(Several));
        return isShared ? ConfigurationFactory.ParseString(Shared).WithFallback(several) : several;
    }

    /// <summary>The seeds as addresses of this cluster.</summary>
    public static IReadOnlyList<Address> Seeds(MembershipSettings settings) =>
        [.. settings.Seeds.Select(seed => Address.Parse($"{settings.Scheme}://{ClusterMember.SystemName}@{seed}"))];
}
