using System.Collections.Concurrent;
using System.Diagnostics;
using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe;
using CalciumSweep.Actors;
using CalciumSweep.Coordinator.Campaigns;
using CalciumSweep.Coordinator.Cli;
using CalciumSweep.Coordinator.Membership;
using CalciumSweep.Shared.Spec;
using Config = Akka.Configuration.Config;

namespace CalciumSweep.Chaos;

/// <summary>
/// What a coordinator costs that serves 1,000 workers of 8 slots with grains of 1 s: 8,000 completions a second. The workers
/// speak the real protocol through one member of the cluster; their threads do nothing, and nothing is stored.
/// </summary>
internal static class ThousandWorkers
{
    private const int Workers = 1000, Slots = 8, Seconds = 40;

    public static bool Measure() => Measurement.With(new ClusterShape(1, 0) { IsLoopback = true }, cluster =>
    {
        Node coordinator = cluster.Nodes.Single();
        cluster.Submit(Workload.Sleeping("thousand", 1, 15_000, 100));
        using var store = new MemoryResults { IsDown = false };
        var member = ClusterMember.Start(
            new MembershipSettings("127.0.0.1", 0) { Roles = ["worker"], Seeds = [$"127.0.0.1:{cluster.Network.Port(0)}"] },
            new MemberParts(store, CampaignRules.Default, NodeConfig.For(Config.Empty), text => SpecReader.Parse(text, "spec.yaml").Plan));
        var counters = new ConcurrentDictionary<int, long>();
        IActorRef mediator = DistributedPubSub.Get(member.System).Mediator;
        for (int i = 0; i < Workers; i++)
        {
            member.System.ActorOf(SimulatedWorker.For(i, Slots, member.Campaigns, mediator, counters), $"simulated-{i}");
        }

        // Until all of them are busy.
        var clock = Stopwatch.StartNew();
        while (counters.Count < Workers && clock.Elapsed < TimeSpan.FromSeconds(120))
        {
            Thread.Sleep(500);
        }

        Thread.Sleep(TimeSpan.FromSeconds(15));
        double core = Shell.CoreSeconds(coordinator.ProcessId);
        long done = counters.Values.Sum();
        clock.Restart();
        Thread.Sleep(TimeSpan.FromSeconds(Seconds));
        double wall = clock.Elapsed.TotalSeconds;
        core = (Shell.CoreSeconds(coordinator.ProcessId) - core) / wall;
        double rate = (counters.Values.Sum() - done) / wall;
        Measurement.Say($"  {rate:0} completions acknowledged a second; the coordinator takes {Footprint.Of(coordinator).Megabytes:0} MB");
        _ = member.System.Terminate();
        return Measurement.Judge("share of the slots that is busy", rate / (Workers * Slots), "", 0.95, atMost: false)
            & Measurement.Judge("coordinator", core, "cores", 0.5, atMost: true);
    });
}
