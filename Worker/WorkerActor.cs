using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe;
using Akka.Event;
using CalciumSweep.Shared;
using CalciumSweep.Shared.Messages;
using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;

namespace CalciumSweep.Worker;

/// <summary>
/// Speaks for a <see cref="WorkerNode"/>: states what it holds, at once when it runs low and every 5 s; reports
/// completions until they are acknowledged. Holds nothing itself.
/// </summary>
public sealed class WorkerActor : ReceiveActor, IWithTimers
{
    private const int GrainsInReport = 64, StateTicks = 10, RepeatTicks = 2;
    private static readonly TimeSpan _tickTime = TimeSpan.FromMilliseconds(500);

    private readonly WorkerNode _node;
    private readonly IActorRef _campaigns;
    private readonly Func<string, Plan> _parse;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly HashSet<CampaignId> _opening = [];
    private readonly Dictionary<CampaignId, long> _askedAt = [];
    private long _tick;
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
        mediator.Tell(new Subscribe(topic, Self));
        Receive<SubscribeAck>(_ => { });
        Receive<CampaignAnnounced>(OnAnnounced);
        Receive<CampaignSpec>(Parse);
        Receive<Parsed>(OnParsed);
        Receive<GrainsLeased>(OnLeased);
        Receive<GrainsAcknowledged>(acknowledged => _node.Find(acknowledged.Id)?.Acknowledge(acknowledged.Grains));
        Receive<Wake>(_ => OnWake());
        Receive<Tick>(_ => OnTick());
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
        foreach (CampaignWork work in _node.Works)
        {
            // A new actor system around a node that was at work already.
            State(work);
            Report(work, again: true);
        }
    }

    private void OnAnnounced(CampaignAnnounced announced)
    {
        switch (announced.Status)
        {
            case CampaignStatus.Running when _node.Find(announced.Id) is { } work:
                work.AskAgain();
                StateIfLow(work);
                break;
            case CampaignStatus.Running when !_node.IsStopping && _opening.Add(announced.Id):
                _campaigns.Tell(new GetSpec(announced.Id));
                break;
            case CampaignStatus.Completed or CampaignStatus.Cancelled:
                _node.Close(announced.Id);
                break;
        }
    }

    private void Parse(CampaignSpec spec) => _ =
        Task.Run(() => new Parsed(spec, _parse(spec.Spec.Text), null))
            .PipeTo(Self, failure: error => new Parsed(spec, null, error));

    private void OnParsed(Parsed parsed)
    {
        _opening.Remove(parsed.Spec.Id);
        if (parsed.Plan is { } plan)
        {
            State(_node.Open(parsed.Spec, plan));
            return;
        }

        _node.GiveUp(parsed.Spec.Id, $"The spec cannot be read here: {parsed.Error!.Message}");
        _log.Error(parsed.Error, "The spec of {0} cannot be read", parsed.Spec.Id);
    }

    private void OnLeased(GrainsLeased leased)
    {
        _askedAt.Remove(leased.Id);
        if (leased.Status is CampaignStatus.Completed or CampaignStatus.Cancelled)
        {
            _node.Close(leased.Id);
        }
        else if (_node.Find(leased.Id) is { } work)
        {
            _node.Grant(work, leased);
        }
    }

    private void OnWake()
    {
        Interlocked.Exchange(ref _isAwake, 0);
        foreach (CampaignWork work in _node.Works)
        {
            Report(work, again: false);
            StateIfLow(work);
        }
    }

    private void OnTick()
    {
        _tick++;
        if (_tick % (2 * StateTicks) == 0)
        {
            // A lost answer to GetSpec: the next announcement asks again.
            _opening.Clear();
        }

        foreach (CampaignWork work in _node.Works)
        {
            Report(work, again: _tick % RepeatTicks == 0);
            if (_tick % StateTicks == 0)
            {
                work.AskAgain();
                State(work);
            }
            else
            {
                StateIfLow(work);
            }
        }
    }

    private void StateIfLow(CampaignWork work)
    {
        // One question at a time; an answer that did not come within a second is lost.
        bool waiting = _askedAt.TryGetValue(work.Id, out long asked) && _tick - asked <= RepeatTicks;
        if (!waiting && work.IsLow && !_node.IsStopping)
        {
            State(work);
        }
    }

    private void State(CampaignWork work)
    {
        _askedAt[work.Id] = _tick;
        _campaigns.Tell(_node.State(work));
    }

    private void Report(CampaignWork work, bool again)
    {
        foreach (GrainCompletion[] some in work.Unacknowledged(again).Chunk(GrainsInReport))
        {
            _campaigns.Tell(new CompleteGrains(work.Id, _node.Worker, some));
        }
    }

    private sealed record Parsed(CampaignSpec Spec, Plan? Plan, Exception? Error)
        : INoSerializationVerificationNeeded;

    private sealed record Wake : INoSerializationVerificationNeeded
    {
        public static Wake Instance { get; } = new();
    }

    private sealed record Tick : INoSerializationVerificationNeeded
    {
        public static Tick Instance { get; } = new();
    }
}
