using CalciumSweep.Shared;
using CalciumSweep.Shared.Messages;
using CalciumSweep.Shared.Results;

namespace CalciumSweep.Coordinator.Campaigns;

/// <summary>
/// One campaign as an event-sourced entity without an actor: receives, asks the <see cref="CampaignState"/>, persists,
/// applies, replies. Completions are gathered for 20 ms or 512 grains and persisted as one event; they are acknowledged
/// after that. Deterministic: time, journal, store and network are its shell's.
/// </summary>
/// <typeparam name="TPeer">How somebody is addressed.</typeparam>
public sealed partial class CampaignEntity<TPeer>
    where TPeer : notnull
{
    private const int FlushGrains = 512, AnnounceTicks = 5;
    private static readonly TimeSpan _flushTime = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1);

    private readonly ICampaignShell<TPeer> _shell;
    private readonly CampaignRules _rules;
    private readonly List<(TPeer From, CompleteGrains Done)> _reported = [];
    private readonly Dictionary<WorkerId, TPeer> _peers = [];
    private readonly HashSet<WorkerId> _refused = [];
    private int _reportedGrains, _events, _ticks, _still;

    /// <summary>True once somebody wants it computed in this incarnation: until then nothing is announced.</summary>
    private bool _wanted;

    /// <summary>An entity that has not recovered yet.</summary>
    /// <param name="id">Campaign id.</param>
    /// <param name="rules">Settings it decides by.</param>
    /// <param name="shell">Its world.</param>
    public CampaignEntity(CampaignId id, CampaignRules rules, ICampaignShell<TPeer> shell) =>
        (_shell, _rules, State) = (shell, rules, new CampaignState(id, rules));

    /// <summary>The campaign as it stands.</summary>
    public CampaignState State { get; private set; }

    /// <summary>How somebody speaks to a worker that takes part.</summary>
    public IReadOnlyDictionary<WorkerId, TPeer> Peers => _peers;

    /// <summary>During recovery: all up to a snapshot.</summary>
    public void Restore(CampaignSnapshot snapshot) => State = State.Restore(snapshot);

    /// <summary>During recovery: an event of the journal.</summary>
    public void Replay(ICampaignEvent change) => State = State.Apply(change);

    /// <summary>The journal is read.</summary>
    /// <param name="sequence">Its last sequence number: two incarnations that both write would write the same next one, and the journal takes it once.</param>
    public void Begin(long sequence)
    {
        State = State.Begin(sequence + 1);
        _told = State.Quarantined;
        _shell.Schedule(CampaignTimer.Tick, _second);
        if (_rules.ResumesItself && State.Submitted is not null)
        {
            // Whoever owned it before may not know that he does not any more: from here on the journal refuses him.
            Decide(new Decision([new CoordinatorChanged(State.Id)]), GoOn);
        }
    }

    private void GoOn()
    {
        if (State.IsLeasing)
        {
            _wanted = true;
            ReadStore(GrainSet.Empty);
        }
        else
        {
            // The last incarnation may have ended between the journal and the store.
            Project();
        }
    }

    /// <summary>Takes a message.</summary>
    /// <param name="message">A command or a query.</param>
    /// <param name="from">Who is answered.</param>
    public void Hear(ICampaignMessage message, TPeer from)
    {
        if (message is GetStanding)
        {
            Answer(from);
        }
        else if (_reading)
        {
            _waiting.Enqueue((message, from));
        }
        else
        {
            Handle(message, from);
        }
    }

    /// <summary>A time is up.</summary>
    public void OnTimer(CampaignTimer timer)
    {
        switch (timer)
        {
            case CampaignTimer.Tick:
                OnTick();
                break;
            case CampaignTimer.Flush:
                FlushReported();
                break;
            default:
                StoreAgain();
                break;
        }
    }

    /// <summary>Workers at these addresses are said to be unreachable.</summary>
    public void GiveUp(Func<TPeer, bool> isGone) =>
        Decide(State.GiveUp([.. _peers.Where(peer => isGone(peer.Value)).Select(peer => peer.Key)]), () => { });

    private void Handle(ICampaignMessage message, TPeer from)
    {
        switch (message)
        {
            case SubmitCampaign or ResumeCampaign:
                Want((ICampaignCommand)message, from);
                break;
            case StateHolding stated:
                Lease(stated, from);
                break;
            case CompleteGrains done:
                Report(done, from);
                break;
            case RetryQuarantined:
                Retry(null, from);
                break;
            case RetryGrains some:
                Retry(some.Grains, from);
                break;
            case DeleteCampaign delete:
                Delete(delete, from);
                break;
            case ICampaignCommand command:
                Change(command, from);
                break;
            case GetSpec asked:
                Join(asked, from);
                break;
            default:
                _shell.Warn($"{message.GetType().Name} is not for a campaign", null);
                break;
        }
    }

    private void Want(ICampaignCommand command, TPeer from) => Decide(State.Handle(command, _shell.Now), () =>
    {
        if (State.Submitted is null)
        {
            Answer(from);
            return;
        }

        _wanted = true;
        _asking.Add(from);
        ReadStore(GrainSet.Empty);
    });

    private void Change(ICampaignCommand command, TPeer from)
    {
        Decision decision = State.Handle(command, _shell.Now);
        Decide(decision, () =>
        {
            if (decision.Events.Count > 0)
            {
                Project();
                Announce();
            }

            Answer(from);
        });
    }

    private void Lease(StateHolding stated, TPeer from)
    {
        _peers[stated.Worker] = from;
        _wanted |= !stated.Held.IsEmpty;
        Decision decision = State.Handle(stated, _shell.Now);
        Decide(decision, () => _shell.Tell(from, decision.Reply!));
    }

    private void Join(GetSpec asked, TPeer from)
    {
        if (State.Spec() is not { } spec)
        {
            return;
        }

        if (WorkerVersions.Current.Refuse(asked.Worker, asked.Versions) is { } reason)
        {
            if (_refused.Add(asked.Worker))
            {
                _shell.Warn(reason, null);
            }

            _shell.Tell(from, new WorkerRefused(State.Id, reason));
            return;
        }

        _shell.Tell(from, spec);
    }

    private void Report(CompleteGrains done, TPeer from)
    {
        _reported.Add((from, done));
        _reportedGrains += done.Grains.Count;
        if (_reportedGrains >= FlushGrains)
        {
            FlushReported();
        }
        else if (_reported.Count == 1)
        {
            _shell.Schedule(CampaignTimer.Flush, _flushTime);
        }
    }

    private void FlushReported()
    {
        if (_reported.Count == 0)
        {
            return;
        }

        (TPeer From, CompleteGrains Done)[] reported = [.. _reported];
        _reported.Clear();
        _reportedGrains = 0;
        CompleteGrains all = reported[0].Done with
        {
            Removals = State.Removals,
            Grains = [.. reported.Where(one => one.Done.Removals == State.Removals).SelectMany(one => one.Done.Grains)],
        };
        bool finished = State.Status == CampaignStatus.Completed;
        Decide(State.Handle(all, _shell.Now), () =>
        {
            foreach (var (from, done) in reported)
            {
                // Whatever is new in it is in the journal now, so that what remains to be said is the acknowledgement.
                _shell.Tell(from, State.Handle(done, _shell.Now).Reply!);
            }

            if (!finished && State.Status == CampaignStatus.Completed)
            {
                Project();
                Announce();
            }
        });
    }

    private void OnTick()
    {
        _shell.Schedule(CampaignTimer.Tick, _second);
        if (++_ticks % AnnounceTicks == 0 && State.IsLeasing)
        {
            Announce();
        }

        // An older incarnation that stood still may have written an older state after this one: the store is told again.
        _still = State.IsLeasing || _reading ? 0 : _still + 1;
        if (_rules.ResumesItself && _still is 10 or 30 or 60)
        {
            Project();
        }

        // Who asks which simulations are quarantined asks the store: it knows within a second, or later where that is much to write.
        if (!_reading && State.Quarantined != _told && _ticks % (1 + (State.Quarantined.Count / 1000)) == 0)
        {
            Project();
        }

        Decide(State.Expire(_shell.Now), () => { });
    }

    private void Announce()
    {
        if (_wanted && !_reading)
        {
            _shell.Publish(State.Announcement());
        }
    }

    private void Decide(Decision decision, Action then)
    {
        if (decision.Events.Count == 0)
        {
            Done(decision);
            then();
            return;
        }

        int left = decision.Events.Count;
        _shell.Persist(decision.Events, change =>
        {
            State = State.Apply(change);
            if (--left == 0)
            {
                Done(decision);
                then();
                SnapshotSometimes(decision.Events.Count);
            }
        });
    }

    private void Done(Decision decision)
    {
        State = State.Lend(decision, _shell.Now);
        foreach (var (worker, message) in decision.Notices)
        {
            if (_peers.TryGetValue(worker, out TPeer? peer))
            {
                _shell.Tell(peer, message);
            }
        }

        if (decision.Leases is not null && _peers.Count > State.Leases.Workers.Count)
        {
            foreach (WorkerId gone in _peers.Keys.Where(worker => !State.Leases.Workers.ContainsKey(worker)).ToList())
            {
                _peers.Remove(gone);
            }
        }
    }

    private void SnapshotSometimes(int events)
    {
        _events += events;
        if (_events >= _rules.SnapshotEvents && State.Snapshot() is { } snapshot)
        {
            _events = 0;
            _shell.Save(snapshot);
        }
    }
}
