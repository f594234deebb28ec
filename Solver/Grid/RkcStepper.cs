using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Grid;

/// <summary>
/// RKC2: an explicit method of second order whose stability interval grows as the square of its stages. Nothing is split,
/// no Jacobian is needed. Every stage is a linear combination of values and rates with weights that sum to one, so that
/// calcium is conserved to rounding.
/// </summary>
/// <typeparam name="V">The lane type.</typeparam>
internal sealed class RkcStepper<V> : IStepper
    where V : unmanaged, ILanes<V>
{
    private const int MostStages = 200;
    private readonly GridFields<V> _f;
    private readonly RkcWeights[] _weights = new RkcWeights[MostStages];
    private readonly Action<int, int, int> _first, _stage, _judge, _prepare;
    private PlaneSet _rate, _nextRate;
    private bool _isPrepared;
    private int _j, _last, _before, _to;
    private double _h;

    /// <summary>Over fields.</summary>
    public RkcStepper(GridFields<V> fields)
    {
        _f = fields;
        (_rate, _nextRate) = (new(fields.Mesh, fields.Medium, false), new(fields.Mesh, fields.Medium, false));
        (_first, _stage, _judge, _prepare) = (FirstStage, Stage, Judge, PrepareSlab);
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
        int stages = RkcWeights.Stages(h * radius);
        RkcWeights.Fill(stages, h, _weights);
        (_h, _j, _last, _before, _to) = (h, 0, 0, 0, 1);
        _f.Team.Run(_first);
        for (_j = 1; _j < stages; _j++)
        {
            // The stage before is overwritten by the next one, cell by cell; the step's start is not.
            (_before, _last) = (_last, _to);
            _to = _before == 0 ? 2 : _before;
            _f.Team.Run(_stage);
        }

        _last = _to;
        _f.Team.Run(_judge);
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
        (_f.Sets[0], _f.Sets[_last]) = (_f.Sets[_last], _f.Sets[0]);
        (_rate, _nextRate) = (_nextRate, _rate);
        _f.Sources?.Commit(_last);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _rate.Dispose();
        _nextRate.Dispose();
    }

    private static double Larger(double a, double b) => b > a || double.IsNaN(b) ? b : a;

    private void PrepareSlab(int thread, int from, int to)
    {
        for (int row = from; row < to; row++)
        {
            _f.Rates[thread].Run<KeepRate<V>>(row, _f.Sets[0], new(_rate));
        }
    }

    /// <summary>The first stage needs no new rates.</summary>
    private unsafe void FirstStage(int thread, int from, int to)
    {
        PlaneSet start = _f.Sets[0], next = _f.Sets[_to];
        double first = _weights[0].First;
        for (int row = from; row < to; row++)
        {
            long at = start.Row(row);
            for (int s = 0; s < _f.Medium.States; s++)
            {
                AddScaled(next.State[s] + at, start.State[s] + at, _rate.State[s] + at, first, _f.Mesh.Span);
            }

            _f.Sources?.Advance(row, _f.Sets, 0, 0, 0, _to, _weights[0]);
            _f.Rows.Finish<V>(row, next);
        }
    }

    private static unsafe void AddScaled(double* to, double* start, double* rate, double factor, int n)
    {
        for (int i = 0; i < n; i += V.Count)
        {
            *(V*)(to + i) = *(V*)(start + i) + (factor * *(V*)(rate + i));
        }
    }

    private unsafe void Stage(int thread, int from, int to)
    {
        RowRates<V> rates = _f.Rates[thread];
        ref readonly RkcWeights w = ref _weights[_j];
        Combination<V>* k = rates.K;
        (k->OfStart, k->OfLast, k->OfBefore) = (V.All(w.Start), V.All(w.Last), V.All(w.Before));
        (k->OfRate, k->OfFirst) = (V.All(w.Rate), V.All(w.First));
        PlaneSet last = _f.Sets[_last], next = _f.Sets[_to];
        var operands = new RowOperands(next, _f.Sets[0], _f.Sets[_before], _rate);
        for (int row = from; row < to; row++)
        {
            rates.Run<NextStage<V>>(row, last, operands);
            _f.Sources?.Advance(row, _f.Sets, 0, _last, _before, _to, w);
            _f.Rows.Finish<V>(row, next);
        }
    }

    private unsafe void Judge(int thread, int from, int to)
    {
        RowRates<V> rates = _f.Rates[thread];
        rates.Forget();
        rates.K->OfStart = V.All(0.8);
        rates.K->OfRate = V.All(0.4 * _h);
        rates.K->Relative = V.All(_f.Relative);
        var operands = new RowOperands(_nextRate, _f.Sets[0], null, _rate);
        for (int row = from; row < to; row++)
        {
            _f.Sources?.Lend(row, _f.Sets, _last, _rate, _h);
            rates.Run<EndOfStep<V>>(row, _f.Sets[_last], operands, _f.Absolute);
            _f.Sources?.TakeBack(row, _rate);
        }
    }
}
