using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using CalciumSweep.Shared;
using CalciumSweep.Shared.Messages;
using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;

namespace CalciumSweep.Worker;

/// <summary>
/// A worker process without its actor system: solver threads, held grains and unacknowledged completions. A node that
/// loses its cluster makes a new actor system around the same worker and loses no work.
/// </summary>
public sealed class WorkerNode : IDisposable
{
    private readonly WorkerSettings _settings;
    private readonly ResultWriter _writer;
    private readonly SolverThread[] _threads;
    private readonly object _gate = new();
    private readonly ConcurrentDictionary<CampaignId, CampaignWork> _works = new();
    private readonly ConcurrentDictionary<CampaignId, StrongBox<long>> _simulated = new();
    private readonly ConcurrentDictionary<CampaignId, string> _problems = new();
    private volatile bool _isStopping;
    private long _statement;
    private int _turn;

    /// <summary>Starts the threads; they wait for grains.</summary>
    /// <param name="store">Where results go.</param>
    /// <param name="settings">How to compute.</param>
    public WorkerNode(IResultStore store, WorkerSettings settings)
    {
        _settings = settings;
        Worker = new WorkerId($"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid():N}");
        _writer = new ResultWriter(store, settings.MaxWaiting);
        _threads = [.. Enumerable.Range(0, settings.Threads).Select(i => new SolverThread(this, i, settings.Width))];
    }

    /// <summary>This worker's name.</summary>
    public WorkerId Worker { get; }

    /// <summary>Called from any thread when there is something to report or to ask for; set by the worker actor.</summary>
    public Action? Wake { get; set; }

    /// <summary>Campaigns that are worked on.</summary>
    public IEnumerable<CampaignWork> Works => _works.Values;

    /// <summary>Time of all threads inside the solver, in core seconds.</summary>
    public double SolverSeconds => _threads.Sum(thread => thread.Seconds);

    /// <summary>True once it ends.</summary>
    public bool IsStopping => _isStopping;

    /// <summary>Why a campaign does not go on here; null if nothing is wrong.</summary>
    public string? Problem(CampaignId id) => _problems.GetValueOrDefault(id) ?? _writer.Problem;

    /// <summary>Simulations of a campaign that this process computed and stored.</summary>
    public long Simulated(CampaignId id) =>
        _simulated.TryGetValue(id, out StrongBox<long>? counter) ? Interlocked.Read(ref counter.Value) : 0;

    /// <summary>A campaign that is worked on, or null.</summary>
    public CampaignWork? Find(CampaignId id) => _works.GetValueOrDefault(id);

    /// <summary>Begins to work on a campaign, or goes on with it.</summary>
    public CampaignWork Open(CampaignSpec spec, Plan plan)
    {
        _problems.TryRemove(spec.Id, out _);
        return _works.GetOrAdd(spec.Id, _ => new CampaignWork(
            spec, plan, _settings, _simulated.GetOrAdd(spec.Id, _ => new()), _writer.Add, () => Wake?.Invoke()));
    }

    /// <summary>
    /// What is true of a campaign now. Numbered over all campaigns and actor systems of the process, so that one that was
    /// dropped and taken up again does not speak of the past.
    /// </summary>
    public StateHolding State(CampaignWork work) => work.State(Worker, Interlocked.Increment(ref _statement));

    /// <summary>Takes granted grains and sets threads to work.</summary>
    public void Grant(CampaignWork work, GrainsLeased leased)
    {
        if (work.Grant(leased))
        {
            lock (_gate)
            {
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>Drops a campaign: nothing of it is to be computed any more.</summary>
    public void Close(CampaignId id)
    {
        if (_works.TryRemove(id, out CampaignWork? work))
        {
            work.Close();
        }
    }

    /// <summary>Drops a campaign that cannot be computed here.</summary>
    public void GiveUp(CampaignId id, string problem)
    {
        _problems[id] = problem;
        Close(id);
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
        foreach (SolverThread thread in _threads)
        {
            // A simulator that does not look up is left behind: its thread is a background thread and gets no more work.
            TimeSpan left = patience - Stopwatch.GetElapsedTime(start);
            thread.Join(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }

        _writer.End(patience);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Stop(TimeSpan.FromSeconds(1));
        _writer.Dispose();
    }

    internal void GiveUp(CampaignWork work, string problem) => GiveUp(work.Id, problem);

    /// <summary>Waits until some campaign has a grain to begin; null once the node stops.</summary>
    /// <param name="open">A campaign of which the thread has grains open: that one goes on at once.</param>
    internal CampaignWork? WaitForWork(CampaignWork? open)
    {
        lock (_gate)
        {
            while (!_isStopping)
            {
                CampaignWork[] ready = open is not null ? [open] : [.. _works.Values.Where(work => work.HasQueued)];
                if (ready.Length > 0)
                {
                    return ready[(_turn++ & int.MaxValue) % ready.Length];
                }

                Monitor.Wait(_gate);
            }
        }

        return null;
    }
}
