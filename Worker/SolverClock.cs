using System.Diagnostics;

namespace CalciumSweep.Worker;

/// <summary>Time that one thread spends inside the solver: all but what the feed takes. Written by that thread only.</summary>
internal sealed class SolverClock
{
    private long _entered, _ticks, _unclaimed;

    /// <summary>Time inside the solver so far, in seconds. Any thread may ask.</summary>
    public double Seconds => Volatile.Read(ref _ticks) / (double)Stopwatch.Frequency;

    public void EnterSolver() => _entered = Stopwatch.GetTimestamp();

    /// <summary>Stops counting.</summary>
    public void PauseSolver()
    {
        long spent = Stopwatch.GetTimestamp() - _entered;
        _unclaimed += spent;
        Volatile.Write(ref _ticks, _ticks + spent);
    }

    /// <summary>Stops counting, for a result.</summary>
    /// <returns>Ticks inside the solver since the last result: the cost of this one, if lanes end evenly.</returns>
    public long LeaveSolver()
    {
        PauseSolver();
        long claimed = _unclaimed;
        _unclaimed = 0;
        return claimed;
    }
}
