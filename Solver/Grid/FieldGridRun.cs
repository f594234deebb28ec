using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Geometry;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Grid;

/// <summary>One simulation of fields without sites.</summary>
/// <typeparam name="V">The lane type.</typeparam>
internal sealed unsafe class FieldGridRun<V> : IGridRun
    where V : unmanaged, ILanes<V>
{
    private const double DriftAllowed = 1e-10, Tolerance = 1e-3;
    private readonly GridModel _model;
    private readonly GridFields<V> _fields;
    private readonly StepControl<V> _control;
    private readonly GridTrace _trace;
    private readonly double _end, _startTotal;
    private readonly int _dye;
    private double _peak, _peakDye;

    /// <summary>Starts at rest, with the load.</summary>
    public FieldGridRun(GridModel model, FieldGridRule rule, GridFields<V> fields, Simulation simulation)
    {
        (_model, _fields) = (model, fields);
        double[] v = simulation.Parameters;
        _end = v[rule.Duration];
        _dye = fields.Medium.IndicatorState(model.Medium.Buffers);
        fields.Relative = Tolerance;
        for (int s = 0; s < fields.Absolute.Length; s++)
        {
            fields.Absolute[s] = Tolerance * Math.Max(fields.Rest(s), 0.1);
        }

        Load(v[rule.Amount], v[rule.LoadRadius]);
        _control = new StepControl<V>(fields, model.Control, model.Stepper);
        _startTotal = fields.TotalCalcium();
        _trace = new GridTrace(simulation.Trace, fields.Mesh, model.Cytosol);
        _trace.Record(0, fields.Sets[0]);
        See();
    }

    /// <summary>Cell time, s.</summary>
    public double Time => _control.Time;

    /// <inheritdoc/>
    public void Advance()
    {
        _control.Choose(_end);
        if (_control.Try())
        {
            See();
            _trace.Record(_control.Time, _fields.Sets[0]);
        }
    }

    /// <inheritdoc/>
    public bool TakeResult(out SimulationResult result)
    {
        result = default;
        if (_control.Failure is null && _control.Time < _end)
        {
            return false;
        }

        double drift = _model.IsClosed ? (_fields.TotalCalcium() - _startTotal) / _startTotal : double.NaN;
        string? reason = _control.Failure
            ?? (Math.Abs(drift) > DriftAllowed ? $"NotConserving by {drift:g2} at t={_control.Time:g6} s" : null);
        Mesh m = _fields.Mesh;
        double[] observables = reason is not null
            ? [.. Enumerable.Repeat(double.NaN, _model.Observables.Count)]
            :
            [
                _peak, _fields.Amount(_model.Cytosol) / (m.InsideCount * m.CellVolume),
                _fields.At(_model.Cytosol, m.Nx / 2, m.Ny / 2, m.Nz / 2), _dye < 0 ? double.NaN : _peakDye, drift,
            ];
        result = new(reason is null ? Outcome.None : Outcome.Failed, reason, observables, _control.Steps);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _control.Dispose();

    private void Load(double amount, double radius)
    {
        Mesh m = _fields.Mesh;
        for (int row = 0; amount > 0 && row < m.Rows; row++)
        {
            for (int x = 0; x < m.Nx; x++)
            {
                double a = (x + 0.5 - (0.5 * m.Nx)) * m.Dx, b = ((row % m.Ny) + 0.5 - (0.5 * m.Ny)) * m.Dy;
                double c = m.Dimensions < 3 ? 0 : ((row / m.Ny) + 0.5 - (0.5 * m.Nz)) * m.Dz;
                if ((a * a) + (b * b) + (c * c) <= radius * radius && m.IsInside(x, row % m.Ny, row / m.Ny))
                {
                    _fields.At(_model.Cytosol, x, row % m.Ny, row / m.Ny) += amount;
                }
            }
        }

        _fields.Finish();
    }

    private void See()
    {
        Mesh m = _fields.Mesh;
        double* c = _fields.Sets[0].State[_model.Cytosol];
        for (int row = 0; row < m.Rows; row++)
        {
            double* u = c + _fields.Sets[0].Row(row);
            for (int x = 0; x < m.Nx; x++)
            {
                _peak = Math.Max(_peak, u[x]);
            }
        }

        if (_dye >= 0)
        {
            double bound = _fields.Amount(_dye) / (m.InsideCount * m.CellVolume);
            _peakDye = Math.Max(_peakDye, (bound / _fields.Rest(_dye)) - 1);
        }
    }
}
