using CalciumSweep.Coordinator.Campaigns;
using CalciumSweep.Shared.Messages;
using CalciumSweep.Shared.Results;

namespace CalciumSweep.Simulation;

/// <summary>
/// One campaign's entity in one incarnation: mailbox, timers, journal and store in virtual time, as the actor has them in
/// real time. While events are written nothing else is handled.
/// </summary>
internal sealed class SimulatedCampaign : ICampaignShell<string>
{
    private readonly Cluster _cluster;
    private readonly SimulatedCoordinator _node;
    private readonly Truth _truth;
    private readonly SimulatedJournal _journal;
    private readonly Queue<Action> _mailbox = new();
    private readonly Queue<Action> _storeUses = new();
    private readonly Dictionary<CampaignTimer, long> _timers = [];
    private long _sequence, _timer;
    private bool _isPersisting, _isUsingStore;

    public SimulatedCampaign(Cluster cluster, SimulatedCoordinator node, Truth truth, SimulatedJournal journal)
    {
        (_cluster, _node, _truth, _journal) = (cluster, node, truth, journal);
        Entity = new CampaignEntity<string>(truth.Id, CampaignRules.Default with { ResumesItself = true, SnapshotEvents = 7 }, this);
        var (snapshot, events) = journal.Read();
        if (snapshot is not null)
        {
            Entity.Restore(snapshot);
        }

        foreach (ICampaignEvent change in events)
        {
            Entity.Replay(change);
        }

        _sequence = journal.Last;
        cluster.Check.Recovered(truth, Entity.State);
        Entity.Begin(_sequence);
    }

    public CampaignEntity<string> Entity { get; }

    /// <summary>False once its process died or its journal refused it.</summary>
    public bool IsAlive { get; private set; } = true;

    DateTimeOffset ICampaignShell<string>.Now => _cluster.World.Noon + _cluster.World.Now;

    public void Hear(ICampaignMessage message, string from) => Handle(() => Entity.Hear(message, from));

    public void GiveUp(string peer) => Handle(() => Entity.GiveUp(one => one == peer));

    public void Die() => IsAlive = false;

    void ICampaignShell<string>.Persist(IReadOnlyList<ICampaignEvent> events, Action<ICampaignEvent> apply)
    {
        _isPersisting = true;
        World world = _cluster.World;
        bool before = world.Chance(world.Circumstances.PersistCrashes), after = world.Chance(world.Circumstances.PersistCrashes);
        Later(world.Between(0.001, 0.01), () =>
        {
            if (before)
            {
                _node.Crash();
                return;
            }

            if (!_journal.TryWrite(_sequence, events))
            {
                // Another incarnation wrote first: this one stops, as a persistent actor does.
                _cluster.Fenced++;
                _node.Restart(this);
                return;
            }

            _cluster.World.Tell($"{_node.Name} journal {string.Join(", ", events)}");
            _cluster.Check.Written(_truth, events);
            if (after)
            {
                _node.Crash();
                return;
            }

            Later(0.0005, () => Persisted(events, apply));
        });
    }

    void ICampaignShell<string>.Tell(string to, ICampaignReply message)
    {
        _cluster.Check.Told(_truth, this, to, message);
        _cluster.SendFromCoordinator(_node, to, message);
    }

    void ICampaignShell<string>.Publish(CampaignAnnounced announced) => _cluster.Publish(_node, announced);

    void ICampaignShell<string>.UseStore(
        Func<IResultStore, object?> use, Action<object?> done, Action<Exception> failed)
    {
        _storeUses.Enqueue(() => Later(_cluster.World.Between(0.001, 0.05), () =>
        {
            double freezes = _cluster.World.Circumstances.StoreFreezes;
            if (_cluster.World.Chance(_journal.EndsWithRemoval ? freezes : freezes / 10))
            {
                // It does what it was about to do, but much later, and another has taken its place meanwhile.
                _cluster.FreezeAndReplace(_node);
                _cluster.World.After(0, _node.Name, Use);
            }
            else
            {
                Use();
            }
        }));
        UseStore();

        void Use()
        {
            if (!IsAlive)
            {
                return;
            }

            Action then;
            try
            {
                object? result = use(_cluster.Store);
                then = _cluster.World.Chance(_cluster.World.Circumstances.StoreLostAnswers)
                    ? () => failed(new IOException("the answer is lost")) : () => done(result);
            }
            catch (IOException e)
            {
                then = () => failed(e);
            }

            _isUsingStore = false;
            Handle(then);
            UseStore();
        }
    }

    void ICampaignShell<string>.Schedule(CampaignTimer timer, TimeSpan delay)
    {
        long number = _timers[timer] = ++_timer;
        Later(delay.TotalSeconds, () =>
        {
            if (_timers.GetValueOrDefault(timer) == number)
            {
                Handle(() => Entity.OnTimer(timer));
            }
        });
    }

    void ICampaignShell<string>.Save(CampaignSnapshot snapshot)
    {
        long at = _sequence;
        Later(0.002, () => _journal.Save(at, snapshot));
    }

    void ICampaignShell<string>.Forget() => _journal.DeleteBefore(_sequence);

    void ICampaignShell<string>.Warn(string what, Exception? cause)
    {
    }

    private void UseStore()
    {
        if (!_isUsingStore && _storeUses.TryDequeue(out Action? next))
        {
            _isUsingStore = true;
            next();
        }
    }

    private void Persisted(IReadOnlyList<ICampaignEvent> events, Action<ICampaignEvent> apply)
    {
        // As the journal's plugin does: the number counts for the whole batch before the first event is applied.
        _sequence += events.Count;
        _isPersisting = false;
        foreach (ICampaignEvent change in events)
        {
            apply(change);
        }

        _cluster.Check.Stands(_truth, Entity.State, isCurrent: _sequence == _journal.Last && !_isPersisting);
        Drain();
    }

    private void Handle(Action what)
    {
        if (IsAlive)
        {
            _mailbox.Enqueue(what);
            Drain();
        }
    }

    private void Drain()
    {
        while (IsAlive && !_isPersisting && _mailbox.TryDequeue(out Action? next))
        {
            next();
        }
    }

    private void Later(double seconds, Action what) => _cluster.World.After(seconds, _node.Name, () =>
    {
        if (IsAlive)
        {
            what();
        }
    });
}
