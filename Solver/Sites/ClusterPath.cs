using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Solver.Sites;

/// <summary>Where a cluster stands, and what was measured on the way there.</summary>
/// <param name="parameters">Parameters of the simulation.</param>
internal struct ClusterPath(double[] parameters)
{
    /// <summary>Time at the end, s.</summary>
    public readonly double Duration = parameters[5];

    /// <summary>Channels open.</summary>
    public int Open = (int)parameters[4];

    /// <summary>Events, or steps.</summary>
    public long Events = 0;

    /// <summary>Time, s.</summary>
    public double Time = 0;

    private double _sum = 0, _sumOfSquares = 0, _firstEmpty = double.NaN, _reachedHalf = double.NaN, _nextRow = 0;

    /// <summary>Lets time pass with the channels as they are.</summary>
    public void Stay(double until)
    {
        double time = (until - Time) * Open;
        _sum += time;
        _sumOfSquares += time * Open;
        Time = until;
    }

    /// <summary>Takes notice of how many are open now.</summary>
    public void Visit(int channels)
    {
        if (double.IsNaN(_firstEmpty))
        {
            if (Open == 0)
            {
                _firstEmpty = Time;
                _reachedHalf = double.IsNaN(_reachedHalf) ? 0 : _reachedHalf;
            }
            else if (2 * Open >= channels)
            {
                _reachedHalf = 1;
            }
        }
    }

    /// <summary>Writes a row if the interval is over.</summary>
    public void Record(ITrace trace)
    {
        if (Time >= _nextRow)
        {
            trace.Record(Time, [Open]);
            _nextRow = Time + trace.Interval;
        }
    }

    /// <summary>The observables.</summary>
    public readonly SimulationResult Result()
    {
        double mean = _sum / Duration, variance = (_sumOfSquares / Duration) - (mean * mean);
        return new(Outcome.None, null, [_firstEmpty, _reachedHalf, mean, Math.Max(0, variance)], Events);
    }
}
