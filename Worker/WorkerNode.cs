using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using CalciumSweep.Shared;
using CalciumSweep.Shared.Messages;
using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;

namespace CalciumSweep.Worker;

/// <summary>
/// A worker process without its actor system: solver threads, held grains and unacknowledged completions. A node that
/// loses its cluster makes a new actor system around the same worker and loses no work.
/// </summary>
public sealed partial class WorkerNode : IDisposable
{
    private readonly WorkerSettings _settings;
    private readonly BegunGrains? _begun;
    private readonly ResultWriter _writer;
    private readonly WorkerProtocol _protocol;
    private readonly CampaignShares _shares = new();
    private readonly List<SolverThread> _threads = [];
    private readonly object _gate = new();
    private readonly Dictionary<CampaignId, CampaignWork> _works = [];
    private readonly Dictionary<CampaignId, long> _simulated = [];
    private readonly ConcurrentDictionary<CampaignId, string> _problems = new();
    private static readonly string _version = typeof(WorkerNode).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    private readonly long _began = Stopwatch.GetTimestamp();
    private volatile bool _isStopping;
    private double _abandonedSeconds;

    /// <summary>Starts the threads; they wait for grains.</summary>
    /// <param name="store">Where results go.</param>
    /// <param name="settings">How to compute.</param>
    public WorkerNode(IResultStore store, WorkerSettings settings)
    {
        _settings = settings;
        _protocol = new WorkerProtocol(
            new WorkerId($"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid():N}"), settings);
        _writer = new ResultWriter(
            store, settings.MaxWaiting,
            settings.SpillFolder is { } spill ? new SpillFolder(spill, settings.MaxSpill, said => settings.Log(new(said))) : null,
            new ResultReports
            {
                Log = settings.Log,
                Refused = (work, why) => Refused(work.Id, why),
                Lost = (work, grains) => Change(work.Id, held => held.Lost(grains)),
                Recovered = Recovered,
            });
        _begun = settings.BegunFile is { } begun ? new BegunGrains(begun) : null;
        _threads.AddRange(Enumerable.Range(0, settings.Threads).Select(i => new SolverThread(this, i, settings)));
    }

    /// <summary>This worker's name.</summary>
    public WorkerId Worker => _protocol.Worker;

    /// <summary>Called from any thread when there is something to report or to ask for; set by the worker actor.</summary>
    public Action? Wake { get; set; }

    /// <summary>Campaigns that are worked on.</summary>
    public IReadOnlyList<CampaignWork> Works => Locked(() => _works.Values.ToList());

    /// <summary>Time of all threads inside the solver, in core seconds.</summary>
    public double SolverSeconds => Locked(() => _threads.Sum(thread => thread.Seconds) + _abandonedSeconds);

    /// <summary>Simulations that this process computed and stored.</summary>
    public long AllSimulated => Locked(() => _simulated.Values.Sum());

    /// <summary>Solver threads at work.</summary>
    public int BusyThreads => Locked(() => _threads.Count(thread => thread.Running > 0));

    /// <summary>Lanes of each solver thread.</summary>
    public int Lanes => _settings.Width;

    /// <summary>Simulations in the lanes.</summary>
    public int BusyLanes => Locked(() => _threads.Sum(thread => thread.Running));

    /// <summary>Simulations that wait in memory for the store.</summary>
    public int Waiting => _writer.Waiting;

    /// <summary>Bytes of results that wait on the disk for the store.</summary>
    public long SpilledBytes => _writer.SpilledBytes;

    /// <summary>Grains that are held.</summary>
    public (long Queued, long Begun, long Stored) Grains => Locked(() => (
        _works.Values.Sum(work => (long)work.Held.Queued), _works.Values.Sum(work => (long)work.Held.Open),
        _works.Values.Sum(work => (long)work.Held.Reporting)));

    /// <summary>True once it ends.</summary>
    public bool IsStopping => _isStopping;

    private TimeSpan Now => Stopwatch.GetElapsedTime(_began);

    /// <summary>Why a campaign does not go on here; null if nothing is wrong.</summary>
    public string? Problem(CampaignId id) => _problems.GetValueOrDefault(id) ?? _writer.Problem;

    /// <summary>Simulations of a campaign that this process computed and stored.</summary>
    public long Simulated(CampaignId id) => Locked(() => _simulated.GetValueOrDefault(id));

    /// <summary>A campaign that is worked on, or null.</summary>
    public CampaignWork? Find(CampaignId id) => Locked(() => _works.GetValueOrDefault(id));

    /// <summary>Begins to work on a campaign, or goes on with it.</summary>
    /// <returns>What is to be sent to campaigns.</returns>
    public IReadOnlyList<ICampaignMessage> Open(CampaignSpec spec, Plan plan)
    {
        _problems.TryRemove(spec.Id, out _);
        return Locked(() =>
        {
            IReadOnlyList<ICampaignMessage> said = _protocol.Open(spec, Now);
            if (_protocol.Find(spec.Id) is { } held && !_works.ContainsKey(spec.Id))
            {
                held.Guard(_begun?.Suspects.Where(one => one.Id == spec.Id).Select(one => one.Grain) ?? []);
                _works[spec.Id] = new CampaignWork(spec, plan, held, this);
            }

            return said;
        });
    }

    /// <summary>Takes what a campaign says.</summary>
    /// <returns>What is to be sent to campaigns.</returns>
    public IReadOnlyList<ICampaignMessage> Hear(ICampaignReply message)
    {
        if (message is WorkerRefused refused)
        {
            _problems[refused.Id] = refused.Reason;
        }
        else if (message is GrainsLeased { Trace: not null } leased)
        {
            Find(leased.Id)?.Leases.Add(leased);
        }

        return Say(() => _protocol.Hear(message, Now));
    }

    /// <summary>For who asks how it is.</summary>
    public WorkerReport Report() => new(
        Worker, _settings.Threads, BusyThreads, Lanes, SolverSeconds, AllSimulated, [.. Works.Where(work => !work.IsClosed).Select(work => work.Id)])
    {
        IsDrained = IsDrained,
        Leased = Locked(() => _protocol.Campaigns.Sum(held => (long)held.Queued + held.Open)),
        Version = _version,
    };

    /// <summary>True once it was told to take nothing more: it is at work again only when its process is started again.</summary>
    public bool IsDrained { get; private set; }

    /// <summary>Called on any thread once it is drained and has handed back what it held.</summary>
    public Action? Drained { get; set; }

    /// <summary>Ends the solver threads for good, as <see cref="Stop"/> does; to be followed by <see cref="Leave"/>.</summary>
    public void Drain(TimeSpan patience)
    {
        IsDrained = true;
        Stop(patience);
    }

    /// <summary>Something was stored, or a queue runs low.</summary>
    /// <returns>What is to be sent to campaigns.</returns>
    public IReadOnlyList<ICampaignMessage> OnWake() => Say(() => _protocol.Wake(Now));

    /// <summary>Time goes on: to be called every half second.</summary>
    /// <returns>What is to be sent to campaigns.</returns>
    public IReadOnlyList<ICampaignMessage> Tick()
    {
        ReplaceHungThreads();
        return Say(() => _protocol.Tick(Now));
    }

    /// <summary>A new actor system around this worker: says all that is true.</summary>
    /// <returns>What is to be sent to campaigns.</returns>
    public IReadOnlyList<ICampaignMessage> Rejoin() => Say(() => _protocol.Rejoin(Now));

    /// <summary>Hands back what is not finished: the solver threads are stopped already.</summary>
    /// <returns>What is to be sent to campaigns.</returns>
    public IReadOnlyList<ICampaignMessage> Leave() => Say(() => _protocol.Leave(Now));

    /// <summary>Drops a campaign that cannot be computed here.</summary>
    /// <returns>What is to be sent to campaigns.</returns>
    public IReadOnlyList<ICampaignMessage> GiveUp(CampaignId id, string problem)
    {
        _problems[id] = problem;
        return Say(() => _protocol.Refuse(id, Now));
    }

    /// <summary>Ends the solver threads, once: what is in their lanes is dropped, what is finished is stored.</summary>
    /// <param name="patience">How long to wait for simulators between two steps, and then for a store that does not answer.</param>
    public void Stop(TimeSpan patience)
    {
        lock (_gate)
        {
            if (_isStopping)
            {
                return;
            }

            _isStopping = true;
            Monitor.PulseAll(_gate);
        }

        long start = Stopwatch.GetTimestamp();
        foreach (SolverThread thread in Locked(() => _threads.ToList()))
        {
            // A simulator that does not look up is left behind: its thread is a background thread and gets no more work.
            TimeSpan left = patience - Stopwatch.GetElapsedTime(start);
            thread.Join(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }

        _writer.End(patience);
        lock (_gate)
        {
            _begun?.Dispose();
        }

        foreach (var (id, grains) in Locked(Unfinished))
        {
            _settings.Log(new($"Ends with {grains.Length} grains of {id} begun, which are computed again: {string.Join(' ', grains)}")
            {
                Campaign = id,
                Grains = grains,
                Matters = WorkerNote.Weight.Change,
            });
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Stop(TimeSpan.FromSeconds(1));
        _writer.Dispose();
    }

    /// <summary>The store has these grains.</summary>
    internal void Stored(CampaignWork work, IReadOnlyList<(GrainCompletion Completion, double CoreSeconds)> grains)
    {
        lock (_gate)
        {
            foreach (var (completion, seconds) in grains)
            {
                work.Held.Stored(completion, seconds);
                _simulated[work.Id] = _simulated.GetValueOrDefault(work.Id) + completion.Tally.Total;
            }
        }

        Wake?.Invoke();
    }

    // Whoever heard it first asks on: what is said of it goes with the next wake.
    private void Refused(CampaignId id, string why)
    {
        _problems[id] = why;
        Change(id, held => held.LoseBegun());
    }

    private void Recovered(CampaignId id, RecoveredGrains grains)
    {
        lock (_gate)
        {
            _protocol.Recovered(id, grains);
        }

        Wake?.Invoke();
    }

    private void Change(CampaignId id, Action<HeldGrains> change)
    {
        lock (_gate)
        {
            if (_works.TryGetValue(id, out CampaignWork? work))
            {
                change(work.Held);
            }
        }

        Wake?.Invoke();
    }

    /// <summary>What is stored of a campaign and not acknowledged.</summary>
    internal IReadOnlyList<GrainCompletion> Unacknowledged(CampaignWork work) => Locked(() => work.Held.Unacknowledged(again: true));

    private IReadOnlyList<ICampaignMessage> Say(Func<IReadOnlyList<ICampaignMessage>> say)
    {
        lock (_gate)
        {
            IReadOnlyList<ICampaignMessage> said = say();
            foreach (CampaignId id in _works.Keys.Where(id => _protocol.Find(id) is null).ToList())
            {
                _works.Remove(id);
                _shares.Forget(id);
            }

            if (_works.Values.Any(work => work.Held.Queued > 0))
            {
                Monitor.PulseAll(_gate);
            }

            return said;
        }
    }

    private List<(CampaignId Id, long[] Grains)> Unfinished() =>
    [
        .. _threads.SelectMany(thread => thread.Begun).GroupBy(begun => begun.Work.Id)
            .Select(campaign => (campaign.Key, campaign.Select(begun => begun.Grain).Order().ToArray())),
    ];

    private T Locked<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }
}
