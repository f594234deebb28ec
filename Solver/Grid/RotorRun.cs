using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Geometry;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Grid;

/// <summary>One simulation of a wave with a free end.</summary>
/// <typeparam name="V">The lane type.</typeparam>
internal sealed unsafe class RotorRun<V> : IGridRun
    where V : unmanaged, ILanes<V>
{
    private const double MostVariation = 0.3;
    private readonly GridModel _model;
    private readonly GridFields<V> _fields;
    private readonly FieldGridRun<V> _field;
    private readonly ITrace? _trace;
    private readonly List<double> _passages = [];
    private readonly double _threshold;
    private double _before, _timeBefore;

    /// <summary>Starts at rest, with the wave in one half and the gate closed in the other.</summary>
    public RotorRun(GridModel model, RotorRule rule, GridFields<V> fields, Simulation simulation)
    {
        (_model, _fields, _trace) = (model, fields, simulation.Trace);
        double[] v = simulation.Parameters;
        Mesh m = fields.Mesh;
        double taken = v[rule.Raised] * fields.Medium.Weight[model.Cytosol] / fields.Medium.Weight[rule.Store];
        for (int row = 0; row < m.Rows; row++)
        {
            for (int x = 0; x < m.Nx; x++)
            {
                int y = row % m.Ny, z = row / m.Ny;
                if (2 * x < m.Nx)
                {
                    fields.At(model.Cytosol, x, y, z) += v[rule.Raised];
                    fields.At(rule.Store, x, y, z) -= taken;
                }

                if (2 * y < m.Ny && v[rule.Cut] > 0)
                {
                    fields.At(rule.Gate, x, y, z) = v[rule.Closed];
                }
            }
        }

        _threshold = fields.Rest(model.Cytosol) + (0.5 * v[rule.Raised]);
        _field = new FieldGridRun<V>(model, rule.Field, fields, simulation);
        _before = Seen;
    }

    private double Seen => _fields.At(_model.Cytosol, 3 * _fields.Mesh.Nx / 4, _fields.Mesh.Ny / 2, _fields.Mesh.Nz / 2);

    /// <inheritdoc/>
    public void Advance()
    {
        _field.Advance();
        double now = Seen, time = _field.Time;
        if (_before < _threshold && now >= _threshold)
        {
            _passages.Add(_timeBefore + ((time - _timeBefore) * (_threshold - _before) / (now - _before)));
        }

        (_before, _timeBefore) = (now, time);
    }

    /// <inheritdoc/>
    public bool TakeResult(out SimulationResult result)
    {
        if (!_field.TakeResult(out result))
        {
            return false;
        }

        if (result.Reason is null)
        {
            double[] intervals = [.. _passages.Skip(1).Zip(_passages, (later, earlier) => later - earlier)];
            double mean = intervals.Length < 2 ? double.NaN : intervals.Average();
            double variation = intervals.Length < 2 ? double.NaN : Math.Sqrt(intervals.Sum(i => (i - mean) * (i - mean)) / (intervals.Length - 1)) / mean;
            Outcome outcome = variation < MostVariation ? Outcome.Repetitive : _passages.Count > 0 ? Outcome.Wave : Outcome.Quiescent;
            result = new(outcome, null, [.. result.Observables, _passages.Count, mean], result.Steps);
            _trace?.Picture(Picture());
        }

        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _field.Dispose();

    private TracePicture Picture()
    {
        Mesh m = _fields.Mesh;
        var values = new double[m.Ny, m.Nx];
        for (int y = 0; y < m.Ny; y++)
        {
            for (int x = 0; x < m.Nx; x++)
            {
                values[y, x] = _fields.At(_model.Cytosol, x, y, m.Nz / 2);
            }
        }

        return new("cytosol", "µM", values, m.Nx * m.Dx, m.Ny * m.Dy);
    }
}
