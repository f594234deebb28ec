using System.Diagnostics;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Worker;

/// <summary>
/// One core: a thread of its own, never the pool's, so that the heartbeats of the cluster are not late. Runs the
/// simulator of one campaign until its feed is dry, then looks for the next.
/// </summary>
internal sealed class SolverThread
{
    private const int MaxBlamelessFailures = 3;
    private readonly WorkerNode _node;
    private readonly WorkerSettings _settings;
    private readonly SolverClock _clock = new();
    private readonly Thread _thread;
    private volatile GrainFeed? _feed;
    private ISimulator? _simulator;
    private int _blameless;
    private long _looked;
    private volatile bool _isAbandoned, _isGuarded;
    private volatile CampaignWork? _work;

    public SolverThread(WorkerNode node, int number, WorkerSettings settings)
    {
        (_node, _settings) = (node, settings);
        _thread = new Thread(Run) { IsBackground = true, Name = $"solver {number}" };
        _thread.Start();
    }

    /// <summary>Time inside the solver so far.</summary>
    public double Seconds => _clock.Seconds;

    /// <summary>Simulations in its lanes.</summary>
    public int Running => _feed?.InFlight ?? 0;

    /// <summary>The campaign whose simulator runs.</summary>
    public CampaignWork? Work => _work;

    /// <summary>Grains it has begun and not finished: only inside the node's lock.</summary>
    public HashSet<(CampaignWork Work, long Grain)> Begun { get; } = [];

    /// <summary>True once another thread took its place.</summary>
    public bool IsAbandoned => _isAbandoned;

    /// <summary>For how long the simulator in this process has not looked up; null if none runs.</summary>
    public TimeSpan? Silence => _isGuarded || Volatile.Read(ref _looked) is not (> 0 and var looked)
        ? null : Stopwatch.GetElapsedTime(looked);

    /// <summary>Another thread takes its place; this one ends when it looks up.</summary>
    public void Abandon() => _isAbandoned = true;

    /// <summary>The simulator asked for something: it does not hang.</summary>
    public void LookedUp() => Volatile.Write(ref _looked, Stopwatch.GetTimestamp());

    /// <summary>False if the thread is still inside a step of its simulator.</summary>
    public bool Join(TimeSpan patience) => _thread.Join(patience);

    private void Run()
    {
        (CampaignWork Work, bool Guarded)? open = null;
        while (_node.WaitForWork(this, open) is { } next)
        {
            if (_feed?.Work != next.Work || _isGuarded != next.Guarded)
            {
                _simulator?.Dispose();
                (_simulator, _work, _isGuarded) = (null, next.Work, next.Guarded);
                _feed = new GrainFeed(next.Work, _clock, next.Guarded, this, () => _node.IsStopping || _isAbandoned);
            }

            RunDry(next.Work, _feed);
            open = _feed is { HasOpen: true } && !next.Work.IsClosed ? next : null;
            if (open is null && (next.Guarded || next.Work.IsClosed))
            {
                // A process of its own lives as long as it has something to guard.
                _simulator?.Dispose();
                (_simulator, _feed) = (null, null);
            }
        }

        _simulator?.Dispose();
    }

    private void RunDry(CampaignWork work, GrainFeed feed)
    {
        Exception? error = null;
        bool isStarved = false;
        LookedUp();
        _clock.EnterSolver();
        try
        {
            _simulator ??= _isGuarded && _settings.Guard is { } guard
                ? guard.NewSimulator(work.Plan, _settings.Width) : work.Plan.Model.NewSimulator(_settings.Width);
            _simulator.Run(feed);
        }
        catch (OutOfMemoryException) when (!_isGuarded && _settings.Guard is not null)
        {
            // Whoever took it all, every thread of this process may be refused: nobody is to blame before it is tried apart.
            isStarved = true;
            _simulator?.Dispose();
            _simulator = null;
        }
        catch (Exception e)
        {
            // One bad simulation must not cost a grain: the feed finds out which it was.
            error = e;
            _simulator?.Dispose();
            _simulator = null;
        }

        _clock.PauseSolver();
        Volatile.Write(ref _looked, 0);
        if (isStarved)
        {
            _node.SetApart(this);
            _feed = null;
            return;
        }

        if (feed.Stopping)
        {
            return;
        }

        _blameless = feed.Returned(error) ? 0 : _blameless + 1;
        if (_blameless >= MaxBlamelessFailures)
        {
            _node.GiveUp(work, $"The simulator of {work.Plan.Model.Scenario} does not start: {error!.Message}");
        }
    }
}
