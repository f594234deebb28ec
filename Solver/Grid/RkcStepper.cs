using CalciumSweep.Solver.Geometry;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Grid;

/// <summary>
/// RKC2: an explicit method of second order whose stability interval grows as the square of its stages. Nothing is split,
/// no Jacobian is needed. Every stage is a linear combination of values and rates with weights that sum to one, so that
/// calcium is conserved to rounding.
/// </summary>
/// <remarks>
/// All stages go through the rows in one sweep: each follows the one before at the distance of one row (one plane in a
/// box), and what lies between start and end is kept in rings of a few rows (temporal blocking). A step reads the state and
/// its rate once and writes both once, however many stages it has. A thread computes the rows that it needs of its
/// neighbours' slabs itself, with the same bits.
/// </remarks>
/// <typeparam name="V">The lane type.</typeparam>
internal sealed class RkcStepper<V> : IStepper
    where V : unmanaged, ILanes<V>
{
    private const int MostStages = 200;
    private readonly GridFields<V> _f;
    private readonly RkcWeights[] _weights = new RkcWeights[MostStages];
    private readonly Action<int, int, int> _sweep, _edges, _stage, _prepare;
    private readonly List<PlaneSet>[] _rings;
    private readonly int _reach, _ring;
    private readonly bool _canSweep;
    private PlaneSet _rate, _nextRate;
    private bool _isPrepared;
    private int _j, _stages;
    private double _h;

    /// <summary>Over fields.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="isSwept">True for all stages in one sweep where that can be; false for a sweep per stage.</param>
    public RkcStepper(GridFields<V> fields, bool isSwept = true)
    {
        _f = fields;
        Mesh mesh = fields.Mesh;
        (_rate, _nextRate) = (new(mesh, fields.Medium, false), new(mesh, fields.Medium, false));
        (_sweep, _edges, _stage, _prepare) = (Sweep, Edges, StageOfSlab, PrepareSlab);
        _reach = mesh.Reach;
        _ring = Math.Min(mesh.Rows, (2 * _reach) + 2);
        _canSweep = isSwept && !mesh.IsPeriodicAcrossRows;
        _rings = [.. fields.Rates.Select(_ => new List<PlaneSet>())];
    }

    /// <inheritdoc/>
    public PlaneSet? FirstRates => _rate;

    /// <inheritdoc/>
    public int ErrorOrder => 3;

    /// <inheritdoc/>
    public double LongestStep(double radius) => (((MostStages - 1.0) * (MostStages - 1.0)) - 1) / (1.54 * radius);

    /// <inheritdoc/>
    public void Forget() => _isPrepared = false;

    /// <inheritdoc/>
    public void Prepare()
    {
        if (!_isPrepared)
        {
            _f.Team.Run(_prepare);
            _isPrepared = true;
        }
    }

    /// <inheritdoc/>
    public (double Error, double Lowest) Try(double h, double radius)
    {
        Prepare();
        (_h, _stages) = (h, RkcWeights.Stages(h * radius));
        RkcWeights.Fill(_stages, h, _weights);
        foreach (RowRates<V> rates in _f.Rates)
        {
            rates.Forget();
            rates.Demand(_f.Relative);
        }

        if (IsSwept)
        {
            AddRings();
            _f.Team.Run(_sweep);
        }
        else
        {
            for (_j = 1; _j <= _stages; _j++)
            {
                _f.Team.Run(_stage);
            }
        }

        _f.Team.Run(_edges);
        var (error, lowest) = _f.Sources?.Found() ?? (0, double.MaxValue);
        foreach (RowRates<V> rates in _f.Rates)
        {
            var (e, low) = rates.Found();
            (error, lowest) = (Larger(error, e), low < lowest ? low : lowest);
        }

        return (error, lowest);
    }

    /// <inheritdoc/>
    public void Commit()
    {
        (_f.Sets[0], _f.Sets[1]) = (_f.Sets[1], _f.Sets[0]);
        (_rate, _nextRate) = (_nextRate, _rate);
        _f.Sources?.Commit(_stages);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _rate.Dispose();
        _nextRate.Dispose();
        foreach (PlaneSet ring in _rings.SelectMany(r => r))
        {
            ring.Dispose();
        }
    }

    private static double Larger(double a, double b) => b > a || double.IsNaN(b) ? b : a;

    private bool IsSwept => _canSweep && _stages < RowSources.Slots;

    /// <summary>Rings of the stages between the first and the last.</summary>
    private void AddRings()
    {
        foreach (List<PlaneSet> rings in _rings)
        {
            while (rings.Count < _stages - 1)
            {
                rings.Add(new PlaneSet(_f.Mesh, _f.Medium, true, _ring));
            }
        }
    }

    private void PrepareSlab(int thread, int from, int to)
    {
        for (int row = from; row < to; row++)
        {
            _f.Rates[thread].Run<KeepRate<V>>(row, _f.Sets[0], new(_rate));
        }
    }

    private void Sweep(int thread, int from, int to)
    {
        int rows = _f.Mesh.Rows, s = _stages;
        for (int ahead = Math.Max(0, from - ((s - 1) * _reach)); ahead < to + (s * _reach); ahead++)
        {
            for (int j = 1; j <= s; j++)
            {
                int row = ahead - ((j - 1) * _reach), more = (s - j) * _reach;
                if (row >= Math.Max(0, from - more) && row < Math.Min(rows, to + more))
                {
                    Stage(thread, j, row, SetOf(thread, j - 1), SetOf(thread, Math.Max(0, j - 2)), SetOf(thread, j));
                }
            }

            int judged = ahead - (s * _reach);
            var (first, last) = Inner(from, to);
            if (judged >= first && judged < last)
            {
                Judge(thread, judged);
            }
        }
    }

    /// <summary>What a sweep could not judge: rows whose neighbours another thread wrote; without a sweep all of them.</summary>
    private void Edges(int thread, int from, int to)
    {
        var (first, last) = IsSwept ? Inner(from, to) : (to, to);
        for (int row = from; row < to; row++)
        {
            if (row < first || row >= last)
            {
                Judge(thread, row);
            }
        }
    }

    // Judging changes the rate of a source's cell for a moment: rows whose rates another thread reads have to wait too.
    private (int First, int Last) Inner(int from, int to)
    {
        int margin = Math.Max(1, _stages - 1) * _reach;
        return (from == 0 ? 0 : from + margin, to == _f.Mesh.Rows ? to : to - margin);
    }

    private PlaneSet SetOf(int thread, int stage) =>
        stage == 0 ? _f.Sets[0] : stage == _stages ? _f.Sets[1] : _rings[thread][stage - 1];

    /// <summary>A stage after the other; the stage before is overwritten by the next one, cell by cell, the step's start is not.</summary>
    private void StageOfSlab(int thread, int from, int to)
    {
        PlaneSet next = _f.Sets[1 + ((_stages - _j) & 1)], other = _f.Sets[2 - ((_stages - _j) & 1)];
        for (int row = from; row < to; row++)
        {
            Stage(thread, _j, row, _j == 1 ? _f.Sets[0] : other, _j < 3 ? _f.Sets[0] : next, next);
        }
    }

    private unsafe void Stage(int thread, int j, int row, PlaneSet last, PlaneSet before, PlaneSet next)
    {
        RowRates<V> rates = _f.Rates[thread];
        ref readonly RkcWeights w = ref _weights[j - 1];
        if (j == 1)
        {
            AddScaled(row, next, w.First); // needs no new rates
        }
        else
        {
            Combination<V>* k = rates.K;
            (k->OfStart, k->OfLast, k->OfBefore) = (V.All(w.Start), V.All(w.Last), V.All(w.Before));
            (k->OfRate, k->OfFirst) = (V.All(w.Rate), V.All(w.First));
            rates.Run<NextStage<V>>(row, last, new(next, _f.Sets[0], before, _rate));
        }

        _f.Sources?.Advance(row, j, last, next, w);
        _f.Rows.Finish<V>(row, next);
    }

    private unsafe void AddScaled(int row, PlaneSet next, double factor)
    {
        long at = _f.Sets[0].Row(row), to = next.Row(row);
        for (int s = 0; s < _f.Medium.States; s++)
        {
            double* from = _f.Sets[0].State[s] + at, rate = _rate.State[s] + at, sum = next.State[s] + to;
            for (int i = 0; i < _f.Mesh.Span; i += V.Count)
            {
                PlaneStore.Ask(from + i + _f.Mesh.Stride);
                PlaneStore.Ask(rate + i + _f.Mesh.Stride);
                *(V*)(sum + i) = *(V*)(from + i) + (factor * *(V*)(rate + i));
            }
        }
    }

    private unsafe void Judge(int thread, int row)
    {
        RowRates<V> rates = _f.Rates[thread];
        rates.K->OfStart = V.All(0.8);
        rates.K->OfRate = V.All(0.4 * _h);
        _f.Sources?.Lend(row, _stages, _f.Sets[1], _rate, _h);
        rates.Run<EndOfStep<V>>(row, _f.Sets[1], new(_nextRate, _f.Sets[0], null, _rate), _f.Absolute);
        _f.Sources?.TakeBack(row, _rate);
    }
}
