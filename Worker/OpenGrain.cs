using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Worker;

/// <summary>A grain that one solver thread has begun: what is still to do, and the results so far. Not thread-safe.</summary>
internal sealed class OpenGrain
{
    private readonly Plan _plan;
    private readonly long[] _started;
    private readonly bool[] _inFlight;
    private readonly Outcome?[] _outcomes;
    private readonly double[] _observables;
    private readonly long[] _steps;
    private readonly long _first;
    private readonly Dictionary<int, string> _reasons = [];
    private readonly Dictionary<int, int> _attempts = [];
    private long _point = -1;
    private double[] _parameters = [];
    private ulong _key;
    private int _shape, _next, _left;

    public OpenGrain(Plan plan, GrainLayout layout, long grain)
    {
        (_plan, Grain) = (plan, grain);
        (_first, int count) = layout.Range(grain);
        _left = count;
        _started = new long[count];
        _inFlight = new bool[count];
        _outcomes = new Outcome?[count];
        _steps = new long[count];
        _observables = new double[count * plan.ObserveIndex.Count];
        Array.Fill(_observables, double.NaN);
    }

    public long Grain { get; }

    /// <summary>Steps of its simulations that are done.</summary>
    public long Steps { get; private set; }

    public bool HasNext => _next < _outcomes.Length;

    public bool IsFinished => _left == 0;

    /// <summary>Time inside the solver, in Stopwatch ticks.</summary>
    public long SolverTicks { get; set; }

    /// <summary>What its campaign was charged for it when it was begun.</summary>
    public double ChargedSeconds { get; init; }

    /// <summary>How often results of its campaign had been removed when it was begun.</summary>
    public long Removals { get; init; }

    /// <summary>Shape of the next simulation; only while there is one.</summary>
    public int NextShape => ShapeAt(_next);

    /// <summary>Positions of the simulations that were handed out and did not come back.</summary>
    public IEnumerable<int> InFlight => Enumerable.Range(0, _inFlight.Length).Where(at => _inFlight[at]);

    public int ShapeAt(int at)
    {
        MoveTo(_first + at);
        return _shape;
    }

    public Simulation Next(long now) => Start(_next++, now);

    /// <summary>Hands out one simulation (again).</summary>
    public Simulation Start(int at, long now)
    {
        MoveTo(_first + at);
        _started[at] = now;
        _inFlight[at] = true;
        uint replicate = (uint)((_first + at) % _plan.Spec.Replicates);
        return new Simulation(_parameters, _key, replicate) { Index = _first + at, Tag = this };
    }

    public int Position(Simulation simulation) => (int)(simulation.Index - _first);

    public long Started(int at) => _started[at];

    public void Complete(int at, in SimulationResult result)
    {
        Close(at);
        _outcomes[at] = result.Outcome;
        _steps[at] = result.Steps;
        Steps += result.Steps;
        IReadOnlyList<int> observe = _plan.ObserveIndex;
        for (int i = 0; i < observe.Count; i++)
        {
            _observables[(at * observe.Count) + i] = result.Observables[observe[i]];
        }

        if (result.Reason is { } reason)
        {
            _reasons[at] = reason;
        }
    }

    /// <summary>Takes a simulation back without a result.</summary>
    public void Withdraw(int at) => _inFlight[at] = false;

    /// <summary>Counts a failed attempt.</summary>
    /// <returns>How many there were.</returns>
    public int CountAttempt(int at) => _attempts[at] = _attempts.GetValueOrDefault(at) + 1;

    /// <summary>Gives a simulation up: it has no outcome, but a reason.</summary>
    public void Quarantine(int at, string reason)
    {
        Close(at);
        _reasons[at] = reason;
    }

    public GrainResult Result(double coreSeconds) => new(Grain, _outcomes, _reasons, _observables, _steps, coreSeconds) { Removals = Removals };

    private void Close(int at)
    {
        _inFlight[at] = false;
        _left--;
    }

    /// <summary>Replicates of a point share its parameters and its random key.</summary>
    private void MoveTo(long simulation)
    {
        long point = simulation / _plan.Spec.Replicates;
        if (point != _point)
        {
            _point = point;
            _parameters = _plan.Parameters(point);
            _key = _plan.Model.StreamKey(_parameters, _plan.Spec.Seed);
            _shape = _plan.Model.Shape(_parameters);
        }
    }
}
