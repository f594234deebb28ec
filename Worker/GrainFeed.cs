using System.Diagnostics;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Worker;

/// <summary>
/// Feeds one solver thread from the grains of one campaign, and keeps its lanes full: open grains first, then held
/// grains, of whatever shape is asked for. A simulator that throws costs no grain: what was in its lanes is tried again
/// one by one, so that the blame falls on the right one.
/// </summary>
internal sealed class GrainFeed(
    CampaignWork work, SolverClock clock, bool guarded, SolverThread thread, Func<bool> stopping) : ISimulationFeed
{
    private readonly List<OpenGrain> _open = [];
    private readonly Queue<(OpenGrain Grain, int At)> _alone = new();
    private readonly long _wallTicks = (long)(work.Spec.Limits.WallTime.TotalSeconds * Stopwatch.Frequency);
    private int _inFlight;
    private bool _isAlone;

    public CampaignWork Work => work;

    /// <summary>Simulations in the lanes. Any thread may ask.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>True if some grain is begun and not finished.</summary>
    public bool HasOpen => _open.Count > 0;

    public bool Stopping
    {
        get
        {
            thread.LookedUp();
            return work.IsClosed || stopping();
        }
    }

    public bool TryNext(out Simulation simulation) => TryNext(null, out simulation);

    public bool TryNext(int shape, out Simulation simulation) => TryNext((int?)shape, out simulation);

    public void Complete(Simulation simulation, in SimulationResult result)
    {
        thread.LookedUp();
        var grain = (OpenGrain)simulation.Tag!;
        grain.SolverTicks += clock.LeaveSolver();
        TakeBack();
        grain.Complete(grain.Position(simulation), result);
        FinishIfDone(grain);
        clock.EnterSolver();
    }

    public bool Expired(Simulation simulation)
    {
        thread.LookedUp();
        var grain = (OpenGrain)simulation.Tag!;
        int at = grain.Position(simulation);
        if (Stopwatch.GetTimestamp() - grain.Started(at) <= _wallTicks)
        {
            return false;
        }

        TakeBack();
        grain.Withdraw(at);
        Blame(grain, at, $"not done after {work.Spec.Limits.WallTime.TotalSeconds:0.###} s of wall-clock time");
        return true;
    }

    /// <summary>The simulator came back: whatever it has not completed it lost.</summary>
    /// <returns>False if it failed with nothing in its lanes: then no simulation is to blame.</returns>
    public bool Returned(Exception? error)
    {
        List<(OpenGrain Grain, int At)> lost = [.. _open.SelectMany(grain => grain.InFlight.Select(at => (grain, at)))];
        _inFlight = 0;
        _isAlone = false;
        foreach (var (grain, at) in lost)
        {
            grain.Withdraw(at);
            if (lost.Count > 1)
            {
                _alone.Enqueue((grain, at));
            }
            else
            {
                Blame(grain, at, error is null
                    ? "the simulator returned without it" : $"{error.GetType().Name}: {error.Message}");
            }
        }

        return error is null || lost.Count > 0;
    }

    private bool TryNext(int? shape, out Simulation simulation)
    {
        thread.LookedUp();
        clock.PauseSolver();
        bool found = TryStart(shape, out simulation);
        clock.EnterSolver();
        return found;
    }

    private bool TryStart(int? shape, out Simulation simulation)
    {
        simulation = null!;
        if (_isAlone || (_alone.Count > 0 && _inFlight > 0) || Stopping)
        {
            return false;
        }

        long now = Stopwatch.GetTimestamp();
        if (_alone.TryPeek(out var suspect))
        {
            if (shape is not null && suspect.Grain.ShapeAt(suspect.At) != shape)
            {
                return false;
            }

            _alone.Dequeue();
            _isAlone = true;
            simulation = suspect.Grain.Start(suspect.At, now);
        }
        else if ((FindOpen(shape) ?? Begin(shape)) is { } grain)
        {
            simulation = grain.Next(now);
        }
        else
        {
            return false;
        }

        _inFlight++;
        return true;
    }

    private OpenGrain? FindOpen(int? shape)
    {
        foreach (OpenGrain grain in _open)
        {
            if (grain.HasNext && (shape is null || grain.NextShape == shape))
            {
                return grain;
            }
        }

        return null;
    }

    private OpenGrain? Begin(int? shape)
    {
        if (work.TryTake(shape, guarded, thread) is not { } grain)
        {
            return null;
        }

        _open.Add(grain);
        return grain;
    }

    private void TakeBack()
    {
        _inFlight--;
        _isAlone = false;
    }

    private void Blame(OpenGrain grain, int at, string reason)
    {
        if (grain.CountAttempt(at) < work.Spec.Limits.Attempts)
        {
            _alone.Enqueue((grain, at));
            return;
        }

        grain.Quarantine(at, reason);
        FinishIfDone(grain);
    }

    private void FinishIfDone(OpenGrain grain)
    {
        if (grain.IsFinished)
        {
            _open.Remove(grain);
            WorkerMeter.AddSteps(grain.Steps, work.Labels);
            work.Finish(
                grain.Result(grain.SolverTicks / (double)Stopwatch.Frequency), grain.ChargedSeconds, thread);
        }
    }
}
