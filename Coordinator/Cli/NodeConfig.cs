using Akka.Configuration;
using CalciumSweep.Coordinator.Membership;
using CalciumSweep.Shared.Messages;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>Akka settings of a node.</summary>
internal static class NodeConfig
{
    /// <summary>
    /// A one-member cluster that is up within a fraction of a second. Nobody else has to be waited for, so the intervals
    /// of gossip and sharding are short; they cost nothing measurable.
    /// </summary>
    private const string Embedded = """
        akka {
          loglevel = INFO
          stdout-loglevel = OFF
          stdout-logger-class = "CalciumSweep.Coordinator.Cli.LastWordsLogger, CalciumSweep.Coordinator"
          loggers = ["CalciumSweep.Coordinator.Cli.SerilogLogger, CalciumSweep.Coordinator"]
          log-dead-letters = off
          log-dead-letters-during-shutdown = off
          actor.provider = cluster
          coordinated-shutdown {
            run-by-clr-shutdown-hook = off
            exit-clr = off
            terminate-actor-system = on
            run-by-actor-system-terminate = off
          }
          remote.dot-netty.tcp.maximum-frame-size = 4 MiB
          cluster {
            min-nr-of-members = 1
            log-info = off
            run-coordinated-shutdown-when-down = off
            gossip-interval = 50 ms
            leader-actions-interval = 50 ms
            unreachable-nodes-reaper-interval = 1 s
            periodic-tasks-initial-delay = 50 ms
            publish-stats-interval = off
            downing-provider-class = "Akka.Cluster.SBR.SplitBrainResolverProvider, Akka.Cluster"
            split-brain-resolver { active-strategy = keep-majority, keep-majority.role = coordinator, stable-after = 7 s }
            sharding {
              role = coordinator
              state-store-mode = ddata
              remember-entities = off
              number-of-shards = 32
              passivate-idle-entity-after = off
              retry-interval = 100 ms
              waiting-for-state-timeout = 1 s
              updating-state-timeout = 2 s
              distributed-data { durable.keys = [], gossip-interval = 200 ms, notify-subscribers-interval = 50 ms }
              coordinator-state { write-majority-plus = 0, read-majority-plus = 0 }
              rebalance-interval = 10 s
            }
            singleton { hand-over-retry-interval = 100 ms, min-number-of-hand-over-retries = 10 }
            singleton-proxy.singleton-identification-interval = 100 ms
            pub-sub.gossip-interval = 200 ms
          }
        }
        """;

    /// <summary>Settings of a node, but for how it takes part in a cluster.</summary>
    /// <param name="journal">Those of its journal.</param>
    public static Config For(Config journal) => ConfigurationFactory.ParseString(Embedded)
        .WithFallback(ConfigurationFactory.ParseString(WireConfig.Hocon))
        .WithFallback(journal);

    /// <summary>How a node takes part in a cluster.</summary>
    public static MembershipSettings Membership(NodeSettings settings) => new(settings.Host, settings.Port)
    {
        PublicHost = settings.PublicHost,
        Roles = RoleNames.Of(settings.Roles),
        Seeds = settings.Seeds,
        Tls = settings.Tls,
    };
}
