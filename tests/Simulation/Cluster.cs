using CalciumSweep.Shared;
using CalciumSweep.Shared.Messages;

namespace CalciumSweep.Simulation;

/// <summary>All processes of one world, and which of them answers whom.</summary>
internal sealed class Cluster
{
    private readonly Dictionary<string, SimulatedWorker> _workers = new(StringComparer.Ordinal);
    private readonly HashSet<string> _onZombiesSide = new(StringComparer.Ordinal);
    private SimulatedCoordinator? _coordinator, _zombie;
    private int _incarnations;

    public Cluster(int seed, Action<string>? trace, bool isFenced)
    {
        World = new World(seed, trace);
        Truths = Enumerable.Range(0, World.Circumstances.Campaigns).Select(number => new Truth(number, World))
            .ToDictionary(truth => truth.Id);
        Journals = Truths.Keys.ToDictionary(id => id, _ => new SimulatedJournal());
        Store = new SimulatedStore(Truths, isFenced);
        Check = new Invariants(this);
        _coordinator = new SimulatedCoordinator(this, Coordinator());
        for (int i = 0; i < World.Circumstances.Workers; i++)
        {
            StartWorker($"w{i}");
        }

        User = new User(this);
    }

    public World World { get; }

    public IReadOnlyDictionary<CampaignId, Truth> Truths { get; }

    public IReadOnlyDictionary<CampaignId, SimulatedJournal> Journals { get; }

    public SimulatedStore Store { get; }

    public Invariants Check { get; }

    public User User { get; }

    /// <summary>How often a journal refused an older incarnation.</summary>
    public int Fenced { get; set; }

    public SimulatedCoordinator? Leader => _coordinator;

    public IReadOnlyCollection<SimulatedWorker> Workers => _workers.Values;

    public void SendToCoordinator(SimulatedWorker worker, ICampaignMessage message) =>
        Send(worker.Name, _onZombiesSide.Contains(worker.ProcessName) && _zombie is { IsAlive: true } ? _zombie : _coordinator, message);

    public void SendFromUser(ICampaignMessage message) => Send("user#0", _coordinator, message);

    public void SendFromCoordinator(SimulatedCoordinator from, string to, ICampaignMessage message)
    {
        string process = World.Process(to);
        World.Send(from.Name, to, message, delivered =>
        {
            if (process == "user")
            {
                User.Hear((ICampaignReply)delivered);
            }
            else if (_workers.TryGetValue(process, out SimulatedWorker? worker))
            {
                worker.Hear(delivered, to);
            }
        });
    }

    public void Publish(SimulatedCoordinator from, CampaignAnnounced announced)
    {
        foreach (SimulatedWorker worker in _workers.Values.Where(worker => worker.IsAlive))
        {
            SendFromCoordinator(from, worker.Name, announced);
        }
    }

    public void WorkerDied(SimulatedWorker worker, bool isKnown)
    {
        string address = worker.Name;
        World.Tell($"{address} died");
        if (isKnown)
        {
            World.After(World.Between(4, 5), "detector", () => _coordinator?.GiveUp(address));
        }

        World.After(World.Between(1, 15), "supervisor", () => StartWorker(worker.ProcessName));
    }

    public void CoordinatorDied(SimulatedCoordinator dead)
    {
        World.Tell($"{dead.Name} died");
        if (_coordinator == dead)
        {
            _coordinator = null;
            World.After(World.Between(0.5, 30), "supervisor", () => _coordinator ??= new SimulatedCoordinator(this, Coordinator()));
        }
    }

    /// <summary>The cluster takes a coordinator for dead that is not, and starts another; some workers still speak to the old one.</summary>
    public void SplitBrain() => Replace(World.Between(1, 15));

    /// <summary>A coordinator stands still, is taken for dead, goes on with what it was about to do, and hears of it only then.</summary>
    public void FreezeAndReplace(SimulatedCoordinator node)
    {
        if (node == _coordinator && _zombie is not { IsAlive: true })
        {
            double seconds = World.Between(1, 20);
            World.Freeze(node.Name, seconds);
            Replace(seconds + World.Between(0, 5));
        }
    }

    private string Coordinator() => $"c{_incarnations++}";

    private void Replace(double lastsSeconds)
    {
        if (_coordinator is not { IsAlive: true } old || _zombie is { IsAlive: true })
        {
            return;
        }

        World.Tell($"{old.Name} is taken for dead");
        _zombie = old;
        _onZombiesSide.Clear();
        _onZombiesSide.UnionWith(_workers.Keys.Where(_ => World.Random.Next(2) == 0));
        Check.Split();
        _coordinator = new SimulatedCoordinator(this, Coordinator());
        World.After(lastsSeconds, "supervisor", old.Crash);
    }

    private void StartWorker(string process) => _workers[process] = new SimulatedWorker(this, process, _incarnations++);

    private void Send(string from, SimulatedCoordinator? to, ICampaignMessage message)
    {
        if (to is not null)
        {
            World.Send(from, to.Name, message, delivered => to.Hear(delivered, from));
        }
    }
}
