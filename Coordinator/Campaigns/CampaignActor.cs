using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe;
using Akka.Event;
using Akka.Persistence;
using CalciumSweep.Shared;
using CalciumSweep.Shared.Messages;
using CalciumSweep.Shared.Results;

namespace CalciumSweep.Coordinator.Campaigns;

/// <summary>
/// One campaign as a sharded, event-sourced entity: receives, asks the <see cref="CampaignState"/>, persists, applies,
/// replies. Completions are gathered for 20 ms or 512 grains and persisted as one event; they are acknowledged after
/// that. Never reads the store inside its mailbox.
/// </summary>
public sealed partial class CampaignActor : ReceivePersistentActor, IWithTimers
{
    /// <summary>Pub-sub topic of <see cref="CampaignAnnounced"/>.</summary>
    public const string Topic = "campaigns";

    private const int FlushGrains = 512, SnapshotEvents = 200, AnnounceTicks = 5;
    private static readonly TimeSpan _flushTime = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1);

    private readonly IResultStore _store;
    private readonly IActorRef _mediator;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly List<(IActorRef From, CompleteGrains Done)> _reported = [];
    private CampaignState _state;
    private int _reportedGrains, _events, _ticks;

    /// <summary>True once somebody wants it computed in this incarnation: until then nothing is announced.</summary>
    private bool _wanted;

    /// <summary>An entity for one campaign.</summary>
    /// <param name="id">Campaign id.</param>
    /// <param name="rules">Settings it decides by.</param>
    /// <param name="store">Where results are; the state is projected into it on every change.</param>
    /// <param name="mediator">Pub-sub mediator that announcements go to.</param>
    public CampaignActor(CampaignId id, CampaignRules rules, IResultStore store, IActorRef mediator)
    {
        (_store, _mediator, _state) = (store, mediator, new CampaignState(id, rules));
        PersistenceId = $"campaign-{id.Value}";
        Recover<ICampaignEvent>(change => _state = _state.Apply(change));
        Recover<SnapshotOffer>(offer => _state = _state.Restore((CampaignSnapshot)offer.Snapshot));
        Recover<RecoveryCompleted>(_ => Begin());
        Open();
    }

    /// <inheritdoc/>
    public override string PersistenceId { get; }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>How to make one.</summary>
    public static Props For(CampaignId id, CampaignRules rules, IResultStore store, IActorRef mediator) =>
        Props.Create(() => new CampaignActor(id, rules, store, mediator));

    private static DateTimeOffset Now => Context.System.Scheduler.Now;

    private void Begin()
    {
        _state = _state.Begin(LastSequenceNr + 1);
        Timers.StartPeriodicTimer(nameof(Tick), Tick.Instance, _second);
    }

    private void Open()
    {
        Command<SubmitCampaign>(Want);
        Command<ResumeCampaign>(Want);
        Command<StateHolding>(Lease);
        Command<CompleteGrains>(Report);
        Command<Flush>(_ => FlushReported());
        Command<PauseCampaign>(Change);
        Command<CancelCampaign>(Change);
        Command<GetSpec>(_ => SendSpec());
        Always();
    }

    private void Always()
    {
        Command<GetStanding>(_ => Answer(Sender));
        Command<Tick>(_ => OnTick());
        Command<Saved>(OnSaved);
        Command<SaveFailed>(OnSaveFailed);
        Command<SaveAgain>(_ => Project());
        Command<SaveSnapshotSuccess>(saved => DeleteBefore(saved.Metadata.SequenceNr));
        Command<SaveSnapshotFailure>(failed => _log.Warning(failed.Cause, "No snapshot of {0}", _state.Id));
        Command<DeleteMessagesSuccess>(_ => { });
        Command<DeleteMessagesFailure>(_ => { });
        Command<DeleteSnapshotsSuccess>(_ => { });
        Command<DeleteSnapshotsFailure>(_ => { });
    }

    private void Want(ICampaignCommand command)
    {
        IActorRef from = Sender;
        PersistThen(_state.Handle(command, Now).Events, () =>
        {
            if (_state.Submitted is null)
            {
                Answer(from);
                return;
            }

            _wanted = true;
            ReadStore(from);
        });
    }

    private void Change(ICampaignCommand command)
    {
        IActorRef from = Sender;
        Decision decision = _state.Handle(command, Now);
        PersistThen(decision.Events, () =>
        {
            if (decision.Events.Count > 0)
            {
                Project();
                Announce();
            }

            Answer(from);
        });
    }

    private void Lease(StateHolding stated)
    {
        Decision decision = _state.Handle(stated, Now);
        _state = _state.Lend(decision, Now);
        _wanted |= !stated.Held.IsEmpty;
        Sender.Tell(decision.Reply!);
    }

    private void Report(CompleteGrains done)
    {
        _reported.Add((Sender, done));
        _reportedGrains += done.Grains.Count;
        if (_reportedGrains >= FlushGrains)
        {
            FlushReported();
        }
        else if (_reported.Count == 1)
        {
            Timers.StartSingleTimer(nameof(Flush), Flush.Instance, _flushTime);
        }
    }

    private void FlushReported()
    {
        if (_reported.Count == 0)
        {
            return;
        }

        (IActorRef From, CompleteGrains Done)[] reported = [.. _reported];
        _reported.Clear();
        _reportedGrains = 0;
        Timers.Cancel(nameof(Flush));
        CompleteGrains all = reported[0].Done with { Grains = [.. reported.SelectMany(one => one.Done.Grains)] };
        bool finished = _state.Status == CampaignStatus.Completed;
        PersistThen(_state.Handle(all, Now).Events, () =>
        {
            foreach (var (from, done) in reported)
            {
                // Whatever is new in it is in the journal now, so that what remains to be said is the acknowledgement.
                from.Tell(_state.Handle(done, Now).Reply!);
            }

            if (!finished && _state.Status == CampaignStatus.Completed)
            {
                Project();
                Announce();
            }
        });
    }

    private void SendSpec()
    {
        if (_state.Submitted is { } s)
        {
            Sender.Tell(new CampaignSpec(s.Id, s.Spec, s.At));
        }
    }

    private void OnTick()
    {
        _state = _state.Expire(Now);
        if (++_ticks % AnnounceTicks == 0 && _state.IsLeasing)
        {
            Announce();
        }
    }

    private void Announce()
    {
        if (_wanted && !_reading)
        {
            _mediator.Tell(new Publish(Topic, new CampaignAnnounced(_state.Id, _state.Status)));
        }
    }

    private void PersistThen(IReadOnlyList<ICampaignEvent> events, Action then)
    {
        if (events.Count == 0)
        {
            then();
            return;
        }

        int left = events.Count;
        PersistAll(events, change =>
        {
            _state = _state.Apply(change);
            if (--left == 0)
            {
                then();
                SnapshotSometimes(events.Count);
            }
        });
    }

    private void SnapshotSometimes(int events)
    {
        _events += events;
        if (_events >= SnapshotEvents && _state.Snapshot() is { } snapshot)
        {
            _events = 0;
            SaveSnapshot(snapshot);
        }
    }

    /// <summary>The event at the snapshot stays: it keeps the journal's highest sequence number.</summary>
    private void DeleteBefore(long sequence)
    {
        DeleteMessages(sequence - 1);
        DeleteSnapshots(new SnapshotSelectionCriteria(sequence - 1));
    }
}
