using System.Diagnostics;
using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe;
using Akka.Event;
using Akka.Persistence;
using CalciumSweep.Shared;
using CalciumSweep.Shared.Messages;
using CalciumSweep.Shared.Results;
using CalciumSweep.Store;
using Cluster = Akka.Cluster.Cluster;
using ClusterEvent = Akka.Cluster.ClusterEvent;

namespace CalciumSweep.Coordinator.Campaigns;

/// <summary>
/// The actor around a <see cref="CampaignEntity{TPeer}"/>: journal, timers, mailbox. Never reads the store inside its
/// mailbox.
/// </summary>
public sealed class CampaignActor : ReceivePersistentActor, IWithTimers, ICampaignShell<IActorRef>
{
    /// <summary>Pub-sub topic of <see cref="CampaignAnnounced"/>.</summary>
    public const string Topic = "campaigns";

    private readonly IResultStore _store;
    private readonly IActorRef _mediator;
    private readonly TimeProvider _time;
    private readonly long _began;
    private readonly DateTimeOffset _beganAt;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly CampaignEntity<IActorRef> _campaign;
    private readonly CampaignBoard _board;
    private readonly RemainingTime _remaining = new();
    private Task _lastStoreUse = Task.CompletedTask;
    private string? _trace;

    /// <summary>An entity for one campaign.</summary>
    /// <param name="id">Campaign id.</param>
    /// <param name="rules">Settings it decides by.</param>
    /// <param name="store">Where results are; the state is projected into it on every change.</param>
    /// <param name="mediator">Pub-sub mediator that announcements go to.</param>
    /// <param name="time">Its clock: wall-clock time at the start, from then on time that never jumps.</param>
    /// <param name="board">Where it says how far it is.</param>
    public CampaignActor(
        CampaignId id, CampaignRules rules, IResultStore store, IActorRef mediator, TimeProvider time, CampaignBoard board)
    {
        (_store, _mediator, _time, _board) = (store, mediator, time, board);
        (_began, _beganAt) = (time.GetTimestamp(), time.GetUtcNow());
        _campaign = new CampaignEntity<IActorRef>(id, rules, this);
        PersistenceId = $"campaign-{id.Value}";
        Recover<ICampaignEvent>(_campaign.Replay);
        Recover<SnapshotOffer>(offer => _campaign.Restore((CampaignSnapshot)offer.Snapshot));
        Recover<RecoveryCompleted>(_ => _campaign.Begin(LastSequenceNr));
        Command<ICampaignMessage>(Hear);
        Command<CampaignTimer>(OnTimer);
        Command<StoreUsed>(used => used.Then());
        Command<ClusterEvent.UnreachableMember>(gone => _campaign.GiveUp(peer => peer.Path.Address == gone.Member.Address));
        Command<ClusterEvent.MemberRemoved>(gone => _campaign.GiveUp(peer => peer.Path.Address == gone.Member.Address));
        Command<ClusterEvent.CurrentClusterState>(_ => { });
        Command<SaveSnapshotSuccess>(saved => DeleteBefore(saved.Metadata.SequenceNr));
        Command<SaveSnapshotFailure>(failed => _log.Warning(failed.Cause, "No snapshot of {0}", id));
        Command<DeleteMessagesSuccess>(_ => { });
        Command<DeleteMessagesFailure>(_ => { });
        Command<DeleteSnapshotsSuccess>(_ => { });
        Command<DeleteSnapshotsFailure>(_ => { });
    }

    /// <inheritdoc/>
    public override string PersistenceId { get; }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    DateTimeOffset ICampaignShell<IActorRef>.Now => _beganAt + _time.GetElapsedTime(_began);

    /// <summary>How to make one; parameters as in the constructor.</summary>
    public static Props For(
        CampaignId id, CampaignRules rules, IResultStore store, IActorRef mediator, TimeProvider? time = null, CampaignBoard? board = null) =>
        Props.Create(() => new CampaignActor(id, rules, store, mediator, time ?? TimeProvider.System, board ?? new CampaignBoard()));

    /// <inheritdoc/>
    protected override void PreStart()
    {
        base.PreStart();
        if (IsInCluster)
        {
            Cluster.Get(Context.System).Subscribe(
                Self, typeof(ClusterEvent.UnreachableMember), typeof(ClusterEvent.MemberRemoved));
        }
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        if (IsInCluster)
        {
            Cluster.Get(Context.System).Unsubscribe(Self);
        }

        _board.Remove(_campaign.State.Id);
        base.PostStop();
    }

    void ICampaignShell<IActorRef>.Persist(IReadOnlyList<ICampaignEvent> events, Action<ICampaignEvent> apply)
    {
        long start = Stopwatch.GetTimestamp();
        int left = events.Count;
        PersistAll(events, change =>
        {
            if (--left == 0)
            {
                StoreMeter.JournalFlush.Record(Stopwatch.GetElapsedTime(start).TotalSeconds);
            }

            apply(change);
            CampaignLog.Write(change);
        });
    }

    void ICampaignShell<IActorRef>.Tell(IActorRef to, ICampaignReply message) =>
        to.Tell(message is GrainsLeased { Granted.IsEmpty: false } leased ? Told(leased, to) : message, Self);

    void ICampaignShell<IActorRef>.Publish(CampaignAnnounced announced) =>
        _mediator.Tell(new Publish(Topic, announced), Self);

    void ICampaignShell<IActorRef>.UseStore(
        Func<IResultStore, object?> use, Action<object?> done, Action<Exception> failed)
    {
        Task<object?> next = _lastStoreUse.ContinueWith(
            _ => use(_store), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        _lastStoreUse = next;
        _ = next.PipeTo(
            Self, success: result => new StoreUsed(() => done(result)),
            failure: cause => new StoreUsed(() =>
            {
                StoreMeter.CampaignFailed();
                failed(cause is AggregateException { InnerException: { } inner } ? inner : cause);
            }));
    }

    void ICampaignShell<IActorRef>.Schedule(CampaignTimer timer, TimeSpan delay) =>
        Timers.StartSingleTimer(timer, timer, delay);

    void ICampaignShell<IActorRef>.Save(CampaignSnapshot snapshot) => SaveSnapshot(snapshot);

    void ICampaignShell<IActorRef>.Forget() => DeleteBefore(LastSequenceNr);

    void ICampaignShell<IActorRef>.Warn(string what, Exception? cause) => CampaignLog.Warn(_campaign.State.Id, what, cause);

    private void Hear(ICampaignMessage message)
    {
        if (message is SubmitCampaign { Trace: { } trace })
        {
            _trace = trace;
        }

        _campaign.Hear(message, Sender);
    }

    private void OnTimer(CampaignTimer timer)
    {
        _campaign.OnTimer(timer);
        if (timer == CampaignTimer.Tick)
        {
            _board.Note(_campaign.State, _remaining, ((ICampaignShell<IActorRef>)this).Now);
        }
    }

    /// <summary>A lease is a part of the trace of its submission, or begins one if an earlier process took that.</summary>
    private GrainsLeased Told(GrainsLeased leased, IActorRef to)
    {
        if (!Signals.Source.HasListeners() && !Serilog.Log.IsEnabled(Serilog.Events.LogEventLevel.Debug))
        {
            return leased;
        }

        WorkerId worker = _campaign.Peers.FirstOrDefault(peer => peer.Value.Equals(to)).Key;
        CampaignLog.Write(leased, worker);
        using Activity? trace = Signals.Source.StartActivity("grains.lease", ActivityKind.Producer, _trace);
        trace?.SetTag(Signals.Campaign, leased.Id.Value).SetTag(Signals.Grains, leased.Granted.Count).SetTag(Signals.Worker, worker.Value);
        return trace is null ? leased : leased with { Trace = trace.Id };
    }

    private static bool IsInCluster =>
        Context.System is ExtendedActorSystem { Provider: Akka.Cluster.ClusterActorRefProvider };

    /// <summary>The event at the snapshot stays: it keeps the journal's highest sequence number.</summary>
    private void DeleteBefore(long sequence)
    {
        DeleteMessages(sequence - 1);
        DeleteSnapshots(new SnapshotSelectionCriteria(sequence - 1));
    }

    private sealed record StoreUsed(Action Then) : INoSerializationVerificationNeeded;
}
