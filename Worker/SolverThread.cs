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
    private readonly int _width;
    private readonly SolverClock _clock = new();
    private readonly Thread _thread;
    private GrainFeed? _feed;
    private ISimulator? _simulator;
    private int _blameless;

    public SolverThread(WorkerNode node, int number, int width)
    {
        (_node, _width) = (node, width);
        _thread = new Thread(Run) { IsBackground = true, Name = $"solver {number}" };
        _thread.Start();
    }

    /// <summary>Time inside the solver so far.</summary>
    public double Seconds => _clock.Seconds;

    /// <summary>False if the thread is still inside a step of its simulator.</summary>
    public bool Join(TimeSpan patience) => _thread.Join(patience);

    private void Run()
    {
        while (_node.WaitForWork(_feed is { HasOpen: true, Work.IsClosed: false } ? _feed.Work : null) is { } work)
        {
            if (_feed?.Work != work)
            {
                _simulator?.Dispose();
                (_feed, _simulator) = (new GrainFeed(work, _clock, () => _node.IsStopping), null);
            }

            RunDry(work, _feed);
        }

        _simulator?.Dispose();
    }

    private void RunDry(CampaignWork work, GrainFeed feed)
    {
        Exception? error = null;
        _clock.EnterSolver();
        try
        {
            _simulator ??= work.Plan.Model.NewSimulator(_width);
            _simulator.Run(feed);
        }
        catch (Exception e)
        {
            // One bad simulation must not cost a grain: the feed finds out which it was.
            error = e;
            _simulator?.Dispose();
            _simulator = null;
        }

        _clock.PauseSolver();
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
