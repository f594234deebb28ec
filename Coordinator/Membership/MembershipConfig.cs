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

    /// <summary>The settings; the node's general ones are their fallback.</summary>
    public static Config For(MembershipSettings settings)
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
        return settings.Seeds.Count == 0 ? own : own.WithFallback(ConfigurationFactory.ParseString(Several));
    }

    /// <summary>The seeds as addresses of this cluster.</summary>
    public static IReadOnlyList<Address> Seeds(MembershipSettings settings) =>
        [.. settings.Seeds.Select(seed => Address.Parse($"{settings.Scheme}://{ClusterMember.SystemName}@{seed}"))];
}
