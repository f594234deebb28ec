using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe;
using Akka.Event;
using CalciumSweep.Shared;
using CalciumSweep.Shared.Messages;
using CalciumSweep.Shared.Spec;

namespace CalciumSweep.Worker;

/// <summary>Carries messages between a <see cref="WorkerNode"/> and the campaigns. Holds nothing itself.</summary>
public sealed class WorkerActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan _tickTime = TimeSpan.FromMilliseconds(500), _drainTime = TimeSpan.FromSeconds(5);

    private readonly WorkerNode _node;
    private readonly IActorRef _campaigns;
    private readonly Func<string, Plan> _parse;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly HashSet<CampaignId> _parsing = [];
    private int _isAwake;

    /// <summary>The voice of a node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="campaigns">The shard region of the campaigns.</param>
    /// <param name="mediator">Pub-sub mediator that campaigns are announced through.</param>
    /// <param name="topic">Their topic.</param>
    /// <param name="parse">Spec text → plan.</param>
    public WorkerActor(
        WorkerNode node, IActorRef campaigns, IActorRef mediator, string topic, Func<string, Plan> parse)
    {
        (_node, _campaigns, _parse) = (node, campaigns, parse);
        IActorRef self = Self;
        node.Wake = () =>
        {
            if (Interlocked.Exchange(ref _isAwake, 1) == 0)
            {
                self.Tell(Wake.Instance, ActorRefs.NoSender);
            }
        };
        node.Volunteer = said => self.Tell(new Volunteered(said), ActorRefs.NoSender);
        mediator.Tell(new Subscribe(topic, Self));
        Receive<SubscribeAck>(_ => { });
        Receive<CampaignSpec>(Parse);
        Receive<Parsed>(OnParsed);
        Receive<WorkerRefused>(refused =>
        {
            _log.Error("{0}", refused.Reason);
            Say(_node.Hear(refused));
        });
        Receive<ICampaignReply>(message => Say(_node.Hear(message)));
        Receive<GetWorkerReport>(_ => Sender.Tell(_node.Report()));
        Receive<DrainWorker>(Drain);
        Receive<Stopped>(stopped =>
        {
            Say(_node.Leave());
            stopped.Asker.Tell(_node.Report());
            _node.Drained?.Invoke();
        });
        Receive<Volunteered>(volunteered => Say(volunteered.Said));
        Receive<Wake>(_ =>
        {
            Interlocked.Exchange(ref _isAwake, 0);
            Say(_node.OnWake());
        });
        Receive<Tick>(_ => Say(_node.Tick()));
        Receive<HandBack>(_ =>
        {
            Say(_node.Leave());
            Sender.Tell(HandBack.Instance);
        });
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>How to make one; parameters as in the constructor.</summary>
    public static Props For(
        WorkerNode node, IActorRef campaigns, IActorRef mediator, string topic, Func<string, Plan> parse) =>
        Props.Create(() => new WorkerActor(node, campaigns, mediator, topic, parse));

    /// <inheritdoc/>
    protected override void PreStart()
    {
        Timers.StartPeriodicTimer(nameof(Tick), Tick.Instance, _tickTime);
        Say(_node.Rejoin());
    }

    private void Say(IReadOnlyList<ICampaignMessage> said)
    {
        foreach (ICampaignMessage message in said)
        {
            _campaigns.Tell(message);
        }
    }

    // Its threads may take a moment to look up.
    private void Drain(DrainWorker drain)
    {
        IActorRef asker = Sender;
        _ = Task.Run(() => _node.Drain(_drainTime)).PipeTo(Self, success: () => new Stopped(asker));
    }

    private void Parse(CampaignSpec spec)
    {
        if (_parsing.Add(spec.Id))
        {
            _ = Task.Run(() => new Parsed(spec, _parse(spec.Spec.Text), null))
                .PipeTo(Self, failure: error => new Parsed(spec, null, error));
        }
    }

    private void OnParsed(Parsed parsed)
    {
        _parsing.Remove(parsed.Spec.Id);
        if (parsed.Plan is { } plan)
        {
            Say(_node.Open(parsed.Spec, plan));
            return;
        }

        _log.Error(parsed.Error, "The spec of {0} cannot be read", parsed.Spec.Id);
        Say(_node.GiveUp(parsed.Spec.Id, $"The spec cannot be read here: {parsed.Error!.Message}"));
    }

    /// <summary>Asked of the actor before its process ends: what is not finished is handed back. Answered by itself.</summary>
    public sealed record HandBack : INoSerializationVerificationNeeded
    {
        /// <summary>The one.</summary>
        public static HandBack Instance { get; } = new();
    }

    private sealed record Parsed(CampaignSpec Spec, Plan? Plan, Exception? Error)
        : INoSerializationVerificationNeeded;

    private sealed record Stopped(IActorRef Asker) : INoSerializationVerificationNeeded;

    private sealed record Volunteered(IReadOnlyList<ICampaignMessage> Said) : INoSerializationVerificationNeeded;

    private sealed record Wake : INoSerializationVerificationNeeded
    {
        public static Wake Instance { get; } = new();
    }

    private sealed record Tick : INoSerializationVerificationNeeded
    {
        public static Tick Instance { get; } = new();
    }
}
