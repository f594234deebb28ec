namespace CalciumSweep.Solver.Engine;

/// <summary>
/// Lanes of one shape advanced together. Each lane has its own parameters, step and clock; when one ends it is
/// refilled at once. Owns its memory; nothing is allocated per step.
/// </summary>
internal abstract class Bundle : IDisposable
{
    private const int StepsBetweenChecks = 2048;
    private readonly Simulation?[] _lanes;

    /// <summary>A bundle of <paramref name="width"/> idle lanes.</summary>
    protected Bundle(int width) => _lanes = new Simulation?[width];

    /// <summary>Steps of all lanes together, and those of them that advanced a simulation: the share of lanes busy.</summary>
    public (long LaneSteps, long BusyLaneSteps) Use { get; private set; }

    /// <summary>Runs simulations of this shape until the feed has no more of them.</summary>
    public void Run(ISimulationFeed feed, int shape, Simulation first)
    {
        int busy = 0;
        Simulation? waiting = first;
        for (int lane = 0; lane < _lanes.Length; lane++)
        {
            busy += Refill(feed, shape, lane, ref waiting) ? 1 : 0;
        }

        long laneSteps = 0, busySteps = 0;
        for (int step = 1; busy > 0 && !feed.Stopping; step++)
        {
            laneSteps += _lanes.Length;
            busySteps += busy;
            Advance();
            for (int lane = 0; lane < _lanes.Length; lane++)
            {
                if (_lanes[lane] is { } simulation && TakeResult(lane, out SimulationResult result))
                {
                    feed.Complete(simulation, result);
                    busy -= Refill(feed, shape, lane, ref waiting) ? 0 : 1;
                }
            }

            if (step % StepsBetweenChecks == 0)
            {
                busy -= DropExpired(feed, shape);
            }
        }

        Use = (Use.LaneSteps + laneSteps, Use.BusyLaneSteps + busySteps);
        for (int lane = 0; lane < _lanes.Length; lane++)
        {
            Idle(lane);
            _lanes[lane] = null;
        }
    }

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Starts a simulation in a lane.</summary>
    protected abstract void Start(int lane, Simulation simulation);

    /// <summary>Makes a lane harmless: it is advanced with the others but does nothing.</summary>
    protected abstract void Idle(int lane);

    /// <summary>One step attempt in every lane.</summary>
    protected abstract void Advance();

    /// <summary>The result of a lane whose simulation has ended; false if it goes on.</summary>
    protected abstract bool TakeResult(int lane, out SimulationResult result);

    private bool Refill(ISimulationFeed feed, int shape, int lane, ref Simulation? waiting)
    {
        Simulation? next = waiting;
        waiting = null;
        if (next is null && !feed.TryNext(shape, out next!))
        {
            next = null;
        }

        _lanes[lane] = next;
        if (next is null)
        {
            Idle(lane);
            return false;
        }

        Start(lane, next);
        return true;
    }

    private int DropExpired(ISimulationFeed feed, int shape)
    {
        int dropped = 0;
        for (int lane = 0; lane < _lanes.Length; lane++)
        {
            if (_lanes[lane] is { } simulation && feed.Expired(simulation))
            {
                Simulation? none = null;
                dropped += Refill(feed, shape, lane, ref none) ? 0 : 1;
            }
        }

        return dropped;
    }
}
