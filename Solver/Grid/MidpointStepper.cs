using CalciumSweep.Solver.Geometry;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Grid;

/// <summary>
/// The explicit midpoint rule, for steps that accuracy keeps below the stability limit. Both stages go through the rows in
/// one sweep: the second follows the first at the distance of one row (one plane in a box), and the middle values are
/// kept in a ring of a few rows only, so that a step reads and writes each value once (temporal blocking).
/// </summary>
/// <typeparam name="V">The lane type.</typeparam>
internal sealed unsafe class MidpointStepper<V> : IStepper
    where V : unmanaged, ILanes<V>
{
    private readonly GridFields<V> _f;
    private readonly PlaneSet[] _middle;
    private readonly Action<int, int, int> _sweep, _half, _whole;
    private readonly int _reach;
    private readonly bool _isFused;
    private double _h;

    /// <summary>Over fields.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="isFused">True for one sweep; false for a sweep per stage (around a periodic face, or to compare).</param>
    public MidpointStepper(GridFields<V> fields, bool isFused = true)
    {
        _f = fields;
        Mesh mesh = fields.Mesh;
        _reach = mesh.Reach;
        _isFused = isFused && !mesh.IsPeriodicAcrossRows && fields.Sources is null;

        // Rows from one plane before to one plane behind the row at hand, and one to write.
        int ring = Math.Min(mesh.Rows, (2 * _reach) + 2);
        _middle = _isFused ? [.. fields.Rates.Select(_ => new PlaneSet(mesh, fields.Medium, true, ring))] : [];
        (_sweep, _half, _whole) = (Sweep, Half, Whole);
    }

    /// <inheritdoc/>
    public PlaneSet? FirstRates => null;

    /// <inheritdoc/>
    public int ErrorOrder => 2;

    /// <inheritdoc/>
    public double LongestStep(double radius) => 1.9 / radius;

    /// <inheritdoc/>
    public void Forget()
    {
    }

    /// <inheritdoc/>
    public void Prepare()
    {
    }

    /// <inheritdoc/>
    public (double Error, double Lowest) Try(double h, double radius)
    {
        _h = h;
        foreach (RowRates<V> rates in _f.Rates)
        {
            rates.Forget();
            rates.Demand(_f.Relative);
        }

        if (_isFused)
        {
            _f.Team.Run(_sweep);
        }
        else
        {
            _f.Team.Run(_half);
            _f.Team.Run(_whole);
        }

        var (error, lowest) = _f.Sources?.Found() ?? (0, double.MaxValue);
        foreach (RowRates<V> rates in _f.Rates)
        {
            var (e, low) = rates.Found();
            (error, lowest) = (e > error || double.IsNaN(e) ? e : error, low < lowest ? low : lowest);
        }

        return (error, lowest);
    }

    /// <inheritdoc/>
    public void Commit()
    {
        (_f.Sets[0], _f.Sets[2]) = (_f.Sets[2], _f.Sets[0]);
        _f.Sources?.Commit(2);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PlaneSet middle in _middle)
        {
            middle.Dispose();
        }
    }

    private void Sweep(int thread, int from, int to)
    {
        PlaneSet middle = _middle[thread];
        int ahead = Math.Max(0, from - _reach);
        for (int row = from; row < to; row++)
        {
            // Rows at a slab's edge are computed by both threads, with the same bits.
            for (int until = Math.Min(_f.Mesh.Rows, row + _reach + 1); ahead < until; ahead++)
            {
                FirstStage(thread, ahead, middle);
            }

            SecondStage(thread, row, middle);
        }
    }

    private void Half(int thread, int from, int to)
    {
        for (int row = from; row < to; row++)
        {
            FirstStage(thread, row, _f.Sets[1]);
        }
    }

    private void Whole(int thread, int from, int to)
    {
        for (int row = from; row < to; row++)
        {
            SecondStage(thread, row, _f.Sets[1]);
        }
    }

    private void FirstStage(int thread, int row, PlaneSet middle)
    {
        RowRates<V> rates = _f.Rates[thread];
        rates.K->OfRate = V.All(0.5 * _h);
        rates.Run<HalfStep<V>>(row, _f.Sets[0], new(middle, _f.Sets[0]));
        _f.Sources?.Advance(row, 1, _f.Sets[0], middle, new(1, 0, 0, 0, 0.5 * _h));
        _f.Rows.Finish<V>(row, middle);
    }

    private void SecondStage(int thread, int row, PlaneSet middle)
    {
        RowRates<V> rates = _f.Rates[thread];
        rates.K->OfRate = V.All(_h);
        rates.Run<WholeStep<V>>(row, middle, new(_f.Sets[2], _f.Sets[0]), _f.Absolute);
        _f.Sources?.Advance(row, 2, middle, _f.Sets[2], new(1, 0, 0, _h, 0));
        _f.Rows.Finish<V>(row, _f.Sets[2]);
    }
}
