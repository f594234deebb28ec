using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Geometry;
using CalciumSweep.Solver.Lanes;
using CalciumSweep.Solver.Random;

namespace CalciumSweep.Solver.Grid;

/// <summary>One simulation of release sites in a sheet or a box.</summary>
/// <typeparam name="V">The lane type.</typeparam>
internal sealed class SiteGridRun<V> : IGridRun
    where V : unmanaged, ILanes<V>
{
    private const double Millisecond = 1e-3, DriftAllowed = 1e-10;
    private readonly GridModel _model;
    private readonly GridFields<V> _fields;
    private readonly SiteSources _sources;
    private readonly SiteGroups<V> _groups;
    private readonly StepControl<V> _control;
    private readonly SiteVerdict _verdict;
    private readonly SiteState[] _stimulated, _others;
    private readonly GridTrace _trace;
    private readonly Action<int, int, int> _gate;
    private readonly double[] _v;
    private readonly double _fired, _heldUntil, _startTotal;
    private double _peak, _releasedStimulus = double.NaN, _cleftStimulus = double.NaN;
    private int _milliseconds;
    private Outcome _outcome;
    private string? _reason;

    /// <summary>Starts at rest with the stimulated sites open.</summary>
    public SiteGridRun(GridModel model, SiteGridRule rule, GridFields<V> fields, Simulation simulation)
    {
        (_model, _fields, _v) = (model, fields, simulation.Parameters);
        SiteParameters p = model.Sites!;
        var (nx, ny, nz) = p.Counts(_v);
        double pitch = _v[p.Pitch];
        var spacing = (_v[p.Spacing], pitch, model.IsBox ? pitch : _v[model.P.Thickness]);
        var places = new SitePlacement(model.Placement, (nx, ny, nz), spacing, _v[p.Jitter]).Places(simulation.StreamKey);
        SiteRates rates = p.Rates(_v);
        _sources = new SiteSources(fields.Rows, model.Cytosol, model.Store, rates, places, simulation.StreamKey, simulation.Replicate);
        _groups = new SiteGroups<V>(_sources, fields.Team.Count);
        fields.Sources = _sources;
        SiteTolerances.Set(fields, _sources);
        _heldUntil = _v[p.StimulusDuration];
        (_stimulated, _others) = Divide(rule.IsCentral, spacing.Item1);
        double total = rates.JunctionTotal(_v[model.Medium.Pools[model.Store].Rest]);
        foreach (SiteState s in _sources.Sites)
        {
            double n = _v[p.Channels];
            bool isHeld = s.Distance == 0;
            s.Total(0) = total;
            s.HeldUntil = isHeld ? _heldUntil : 0;
            s.Channels.Channels = isHeld ? n : Math.Round(n * (1 - _v[p.Block]), MidpointRounding.AwayFromZero);
            s.Channels.Open = isHeld ? n : 0;
            s.Channels.Countdown = -ScalarLog.Log(new RandomStream(simulation.StreamKey, simulation.Replicate, (uint)s.Index).Pair(0).Odd);
            s.Channels.Draw = 1;
        }

        _verdict = new SiteVerdict(_others, spacing);
        _control = new StepControl<V>(fields, model.Control, model.Stepper) { Longest = SiteTolerances.LongestStep };
        _gate = (thread, from, to) => _groups.Gate(thread, _fields.Sets[0], _control.FirstRates!, _control.Time, _control.Dt, from, to);
        _fired = _v[p.FiredFraction] * rates.JunctionVolume * total;
        _peak = _v[model.Medium.Pools[model.Cytosol].Rest];
        _startTotal = fields.TotalCalcium() + _sources.Amount;
        _trace = new GridTrace(simulation.Trace, fields.Mesh, model.Cytosol);
        _trace.Record(0, fields.Sets[0], _sources);
    }

    /// <summary>Accepted steps.</summary>
    public long Steps => _control.Steps;

    /// <inheritdoc/>
    public void Advance()
    {
        double target = Math.Min((_milliseconds + 1) * Millisecond, _v[_model.Sites!.TimeLimit]);
        if (_control.Time < _heldUntil && _heldUntil < target)
        {
            target = _heldUntil;
        }

        _control.Choose(target);
        _fields.Team.Run(_gate);
        if (_control.Try())
        {
            Accept();
        }
        else if (_control.Failure is { } failure)
        {
            (_outcome, _reason) = (Outcome.Failed, failure);
        }
    }

    /// <inheritdoc/>
    public bool TakeResult(out SimulationResult result)
    {
        result = default;
        if (_outcome == Outcome.None)
        {
            return false;
        }

        double drift = _model.IsClosed ? (_fields.TotalCalcium() + _sources.Amount - _startTotal) / _startTotal : double.NaN;
        if (_outcome != Outcome.Failed && Math.Abs(drift) > DriftAllowed)
        {
            (_outcome, _reason) = (Outcome.Failed, $"NotConserving by {drift:g2} at t={_control.Time:g6} s");
        }

        double[] observables = _outcome == Outcome.Failed ? [.. Enumerable.Repeat(double.NaN, _model.Observables.Count)] : Measure(drift);
        result = new(_outcome, _reason, observables, _control.Steps);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _control.Dispose();
        _groups.Dispose();
    }

    private (SiteState[] Stimulated, SiteState[] Others) Divide(bool isCentral, double spacing)
    {
        IReadOnlyList<SiteState> all = _sources.Sites;
        Mesh mesh = _fields.Mesh;
        double mx = 0.5 * mesh.Nx * mesh.Dx, my = 0.5 * mesh.Ny * mesh.Dy, mz = 0.5 * mesh.Nz * mesh.Dz;
        double From(SiteState s, double x, double y, double z) => Math.Sqrt(
            ((s.Position.X - x) * (s.Position.X - x)) + ((s.Position.Y - y) * (s.Position.Y - y)) + ((s.Position.Z - z) * (s.Position.Z - z)));
        SiteState middle = all.MinBy(s => (From(s, mx, my, mz), s.Index))!;

        // Off the lattice the first column is everything within the first spacing.
        double edge = all.Min(s => s.Position.X), until = Math.Max(edge, spacing * (1 - 1e-9));
        SiteState[] stimulated = [.. all.Where(s => isCentral ? s == middle : s.Position.X <= until)];
        foreach (SiteState s in all.Where(s => !stimulated.Contains(s)))
        {
            s.Distance = isCentral
                ? From(s, middle.Position.X, middle.Position.Y, middle.Position.Z)
                : s.Position.X - (0.5 * spacing);
        }

        return (stimulated, [.. all.Where(s => s.Distance > 0)]);
    }

    private void Accept()
    {
        bool hasFired = false;
        foreach (SiteState s in _others)
        {
            if (double.IsNaN(s.Arrival) && s.Released0 >= _fired)
            {
                // Linear inside the step.
                double share = (_fired - s.ReleasedBefore) / (s.Released0 - s.ReleasedBefore);
                s.Arrival = _control.Time - (_control.Dt * (1 - share));
                hasFired = true;
            }

            _peak = Math.Max(_peak, _sources.EdgeCalcium(s, _fields.Sets[0]));
        }

        bool isOnTheMillisecond = _control.Time == (_milliseconds + 1) * Millisecond;
        _milliseconds += isOnTheMillisecond ? 1 : 0;
        if (_control.Time == _heldUntil)
        {
            _releasedStimulus = _stimulated.Average(s => s.Released0);
            _cleftStimulus = _stimulated.Average(s => _sources.CleftCalcium(s, _fields.Sets[0]));
        }

        _trace.Record(_control.Time, _fields.Sets[0], _sources);
        if (hasFired && _verdict.IsWave())
        {
            _outcome = Outcome.Wave;
        }
        else if (isOnTheMillisecond && _control.Time >= _heldUntil && _milliseconds >= 10 && IsExtinct())
        {
            _outcome = _verdict.Ended();
        }
        else if (_control.Time >= _v[_model.Sites!.TimeLimit])
        {
            _outcome = Outcome.Undecided;
        }
    }

    private bool IsExtinct()
    {
        foreach (SiteState s in _sources.Sites)
        {
            if (s.Channels.Open > 0 || _sources.Calcium(s, _fields.Sets[0]) >= _v[_model.Sites!.ExtinctCalcium])
            {
                return false;
            }
        }

        return true;
    }

    private double[] Measure(double drift)
    {
        var (speed, linearity) = _outcome == Outcome.Wave ? _verdict.Speed() : (double.NaN, double.NaN);
        return
        [
            linearity >= 0.9 ? speed : double.NaN, _verdict.Reach(), _verdict.Recruited(), _peak, linearity,
            _sources.Sites.Sum(s => s.Released0), _releasedStimulus, _cleftStimulus, _control.Time, drift,
        ];
    }
}
