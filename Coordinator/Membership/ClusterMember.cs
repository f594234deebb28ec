using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Cluster.Sharding;
using Akka.Cluster.Tools.PublishSubscribe;
using Akka.Remote;
using CalciumSweep.Coordinator.Campaigns;
using CalciumSweep.Coordinator.Cli;
using CalciumSweep.Shared;
using CalciumSweep.Worker;
using Cluster = Akka.Cluster.Cluster;

namespace CalciumSweep.Coordinator.Membership;

/// <summary>
/// This process as a member of a cluster, for as long as it lives: when the cluster takes it for dead (or it was cut off
/// from the coordinators), it makes a new actor system around the same worker and joins again. Threads, held leases and
/// completions that are not acknowledged live in the <see cref="WorkerNode"/>, outside of any actor system.
/// </summary>
internal sealed class ClusterMember : IAsyncDisposable
{
    /// <summary>Name of all actor systems of a cluster.</summary>
    public const string SystemName = "CalciumSweep";

    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);
    private readonly MembershipSettings _settings;
    private readonly MemberParts _parts;
    private readonly CancellationTokenSource _leaving = new();
    private volatile Standing _now;

    private ClusterMember(MembershipSettings settings, MemberParts parts)
    {
        (_settings, _parts) = (settings, parts);
        _now = Begin();
        Log = parts.Log;
        Watch(_now.System);
    }

    /// <summary>The actor system of now: another one after the member joined again.</summary>
    public ActorSystem System => _now.System;

    /// <summary>Where messages for campaigns go, in the actor system of now.</summary>
    public IActorRef Campaigns => _now.Campaigns;

    /// <summary>How many actor systems there were.</summary>
    public int Incarnations { get; private set; }

    private Action<string> Log { get; }

    private bool IsCoordinator => _settings.Roles.Contains("coordinator", StringComparer.Ordinal);

    /// <summary>Starts a member; it joins in the background, for as long as it takes.</summary>
    /// <exception cref="CommandException">The settings would let strangers in, or a certificate cannot be read.</exception>
    public static ClusterMember Start(MembershipSettings settings, MemberParts parts)
    {
        settings.Check();
        return new(settings, parts);
    }

    /// <summary>Hands back what the worker has not finished (its threads are stopped already), and leaves in good order.</summary>
    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync().ConfigureAwait(false);
        Standing now = _now;
        if (now.Worker is { } worker && !now.System.WhenTerminated.IsCompleted)
        {
            try
            {
                await worker.Ask<WorkerActor.HandBack>(WorkerActor.HandBack.Instance, _pause).ConfigureAwait(false);
            }
            catch (AskTimeoutException)
            {
                // Then its leases run out.
            }
        }

        Task ended = CoordinatedShutdown.Get(now.System).Run(CoordinatedShutdown.ClusterLeavingReason.Instance);
        if (await Task.WhenAny(ended, Task.Delay(_settings.Seeds.Count == 0 ? 3 * _pause : _patience)).ConfigureAwait(false) != ended)
        {
            await now.System.Terminate().ConfigureAwait(false);
        }

        _leaving.Dispose();
    }

    private Standing Begin()
    {
        BootstrapSetup bootstrap = BootstrapSetup.Create()
            .WithConfig(MembershipConfig.For(_settings, isShared: _parts.Claim is not null).WithFallback(_parts.Config));
        ActorSystemSetup setup = ActorSystemSetup.Create(
            [bootstrap, .. Setups().OfType<Setup>()]);
        ActorSystem system = ActorSystem.Create(SystemName, setup);
        Incarnations++;
        Cluster cluster = Cluster.Get(system);
        if (_settings.Seeds.Count == 0)
        {
            cluster.Join(cluster.SelfAddress);
        }
        else
        {
            IReadOnlyList<Address> seeds = MembershipConfig.Seeds(_settings);
            bool isFounder = _parts.Register is not null && IsCoordinator && seeds.Count > 1 && seeds[0].Equals(cluster.SelfAddress);
            cluster.JoinSeedNodes(isFounder ? seeds.Skip(1) : seeds);
            if (_parts.Register is { } register && IsCoordinator)
            {
                system.ActorOf(Props.Create(() => new ClusterFounder(register, isFounder)), "founder");
            }
        }

        IActorRef mediator = DistributedPubSub.Get(system).Mediator;
        ClusterSharding sharding = ClusterSharding.Get(system);
        IActorRef campaigns = IsCoordinator
            ? sharding.Start(
                "campaign", id => CampaignActor.For(new CampaignId(id), _parts.Rules, _parts.Store, mediator, board: _parts.Board),
                ClusterShardingSettings.Create(system), new CampaignRouting())
            : sharding.StartProxy("campaign", "coordinator", new CampaignRouting());
        IActorRef? worker = _parts.Worker is { } node
            ? system.ActorOf(WorkerActor.For(node, campaigns, mediator, CampaignActor.Topic, _parts.Parse), "worker") : null;
        if (IsCoordinator)
        {
            system.ActorOf(Props.Create<JournalWarmUp>(), "warm-up");
        }
        else
        {
            system.ActorOf(Props.Create<CoordinatorWatch>(), "coordinator-watch");
        }

        if (IsCoordinator && _parts.Rules.ResumesItself)
        {
            system.ActorOf(CampaignKeeper.For(_parts.Store, campaigns), "keeper");
        }

        system.EventStream.Subscribe(system.ActorOf(Props.Create<QuarantineWatch>(), "quarantine"), typeof(ThisActorSystemQuarantinedEvent));
        return new(system, campaigns, worker);
    }

    private IEnumerable<Setup?> Setups() =>
        [_settings.Tls?.Setup(), _parts.Journal, _parts.Claim is { } claim ? new MajoritySetup(claim) : null];

    private void Watch(ActorSystem system) => _ = system.WhenTerminated.ContinueWith(
        _ => JoinAgainAsync(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).Unwrap();

    private async Task JoinAgainAsync()
    {
        while (!_leaving.IsCancellationRequested)
        {
            try
            {
                Log("The cluster took this node for dead: it joins again and goes on with what it holds");
                await Task.Delay(_pause, _leaving.Token).ConfigureAwait(false);
                _now = Begin();
                Watch(_now.System);
                return;
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception e)
            {
                // The port is not free yet, or the journal is away: whatever it is, the work goes on and so does this.
                Log($"Joining again failed and is tried again: {e.Message}");
            }
        }
    }

    private sealed record Standing(ActorSystem System, IActorRef Campaigns, IActorRef? Worker);
}
