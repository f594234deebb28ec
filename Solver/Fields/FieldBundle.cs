using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Fluxes;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Fields;

/// <summary>Cables of one number of cells in lanes, each with its own step, order and clock: error control, verdicts, refill.</summary>
/// <typeparam name="V">The lane type.</typeparam>
internal sealed unsafe class FieldBundle<V> : Bundle, IFieldView
    where V : unmanaged, ILanes<V>
{
    private const double FirstStepShare = 0.02, ShortestShare = 1e-12, DriftAllowed = 1e-10, GateTolerance = 1e-3, MostError = 2;
    private readonly FieldModel _model;
    private readonly FieldLayout _layout;
    private readonly FluxSet<V> _fluxes;
    private readonly FieldMemory<V> _memory;
    private readonly FieldRates<V> _rates;
    private readonly RapidPool<V>?[] _rapid;
    private readonly FieldWindow<V> _window;
    private readonly FieldStep<V> _step;
    private readonly FieldFill<V> _fill;
    private readonly FieldLane[] _lanes = [.. Enumerable.Range(0, V.Count).Select(i => new FieldLane { Index = i })];
    private readonly double[] _p = new double[StepHistory.Slots], _q = new double[StepHistory.Slots];
    private readonly bool _isClosed;

    /// <summary>A bundle.</summary>
    public FieldBundle(FieldModel model, int cells)
        : base(V.Count)
    {
        (_model, _layout) = (model, model.Layout);
        _fluxes = model.NewFluxes<V>();
        _memory = new FieldMemory<V>(cells, _layout.Variables, _layout.SidePlanes, FieldStep<V>.TrailLength(_layout));
        _rates = new FieldRates<V>(_layout.Variables, model.Medium.Pools.Count, _fluxes.Flows.Count);
        _rapid =
        [
            .. _layout.Rapid.Select((buffers, p) => buffers.Length > 0 && _layout.VariableOf(p) >= 0
                ? new RapidPool<V>(buffers.Count(b => b.Capacity < 0)) : null),
        ];
        _window = new FieldWindow<V>(_memory, _rates, model.Geometry.Boundary == Boundary.Clamped ? 3 : 1);
        _step = new FieldStep<V>(_layout, model.Geometry.Boundary, _memory, _rates, _window, _fluxes, _rapid);
        _fill = new FieldFill<V>(model, _memory, _rates, _window, _fluxes, _rapid);
        _isClosed = model.IsClosed(_fluxes.Flows);
        foreach (FieldLane lane in _lanes)
        {
            lane.Control.MostOrder = Math.Min(model.MostOrder, StepHistory.MostOrder);
            lane.Control.Fixed = model.FixedStep;
        }
    }

    /// <inheritdoc/>
    public int Cells => _memory.Cells;

    /// <inheritdoc/>
    public double Concentration(int pool, int cell, FieldLane lane, int point = 0)
    {
        int variable = _layout.VariableOf(pool);
        if (variable < 0)
        {
            return _memory.SideValue(_layout.SidePlaneOf(pool), cell, lane.Index);
        }

        int age = lane.Control.History.Age(point);
        cell = _window.Stand(cell, lane.Index);
        if (_rapid[pool] is not { } rapid)
        {
            return _memory.Value(age, variable, cell, lane.Index);
        }

        V free;
        rapid.Free(_memory.SlotOfAge(age) + _memory.IndexOf(variable, cell), &free, 1);
        return ((double*)&free)[lane.Index];
    }

    /// <inheritdoc/>
    public double Bound(int buffer, int cell, FieldLane lane) => _memory.Value(1, 1 + buffer, _window.Stand(cell, lane.Index), lane.Index);

    /// <inheritdoc/>
    public double Gate(int gate, int cell, FieldLane lane) => _memory.Value(1, _layout.FirstGate + gate, _window.Stand(cell, lane.Index), lane.Index);

    /// <inheritdoc/>
    public override void Dispose()
    {
        _step.Dispose();
        foreach (RapidPool<V>? rapid in _rapid)
        {
            rapid?.Dispose();
        }

        _window.Dispose();
        _rates.Dispose();
        _memory.Dispose();
        _fluxes.Dispose();
    }

    /// <inheritdoc/>
    protected override void Start(int lane, Simulation simulation)
    {
        double[] v = simulation.Parameters;
        FieldLane l = _lanes[lane];
        var (length, time) = _model.Units(v);
        (l.Simulation, l.Time, l.Steps, l.Rejected, l.Traced) = (simulation, 0, 0, 0, double.NegativeInfinity);
        (l.Dx, l.End) = (v[_model.Geometry.Length] / Cells * length, v[_model.Geometry.Duration] * time);
        (l.Outcome, l.IsDone, l.Reason, l.Drift) = (Outcome.None, false, null, double.NaN);
        double fastest = _fill.Fill(lane, v, l.Dx);
        double first = Math.Min(FirstStepShare / fastest, 1e-3 * l.End);
        l.Control.Restart(first);
        l.ShortestStep = ShortestShare * first;
        l.StartTotal = Total(l);
        if (_fluxes.LowestBalancedRate(lane) < 0)
        {
            (l.IsDone, l.Outcome, l.Reason) = (true, Outcome.Failed, "NegativeLeak: the leak that balances these parameters at rest is negative");
        }

        l.Seen = _model.Rule.Begin(this, l);
        Trace(l);
    }

    /// <inheritdoc/>
    protected override void Idle(int lane)
    {
        _lanes[lane].Simulation = null;
        _window.Close(lane);
        SetLane(_rates.S, lane, 0);
        for (int i = 0; i < StepHistory.Slots; i++)
        {
            SetLane(_rates.P + i, lane, 0);
            SetLane(_rates.Q + i, lane, 0);
        }
    }

    /// <inheritdoc/>
    protected override void Advance()
    {
        int points = 2;
        foreach (FieldLane lane in _lanes)
        {
            if (lane.Simulation is not null)
            {
                points = Math.Max(points, ChooseStep(lane));
            }
        }

        _step.Try(points);
        V* norm = _rates.Norm;
        foreach (FieldLane lane in _lanes)
        {
            if (lane.Simulation is not null)
            {
                Judge(lane, ((double*)norm)[lane.Index], ((double*)(norm + 1))[lane.Index], ((double*)(norm + 2))[lane.Index], ((double*)(norm + 3))[lane.Index]);
            }
        }

        _memory.Newest = (_memory.Newest + 1) % StepHistory.Slots;
        foreach (FieldLane lane in _lanes)
        {
            if (lane.Simulation is not null && lane.IsAccepted)
            {
                Observe(lane);
            }
        }
    }

    /// <inheritdoc/>
    protected override bool TakeResult(int lane, out SimulationResult result)
    {
        FieldLane l = _lanes[lane];
        if (!l.IsDone)
        {
            result = default;
            return false;
        }

        l.Drift = _isClosed ? (Total(l) - l.StartTotal) / l.StartTotal : double.NaN;
        if (l.Reason is null && _isClosed && !(Math.Abs(l.Drift) <= DriftAllowed))
        {
            l.Reason = $"NotConserving by {l.Drift:g2} at t={l.Time:g6} s";
        }

        bool hasFailed = l.Reason is not null;
        double[] observables = hasFailed
            ? [.. Enumerable.Repeat(double.NaN, _model.Observables.Count)]
            : _model.Rule.Measure(this, l);
        result = new SimulationResult(hasFailed ? Outcome.Failed : _model.Rule.Judge(this, l), l.Reason, observables, l.Steps);
        return true;
    }

    private static void SetLane(V* plane, int lane, double value) => ((double*)plane)[lane] = value;

    /// <summary>Step and coefficients of a lane; returns the age of the oldest slot that they use.</summary>
    private int ChooseStep(FieldLane lane)
    {
        StepControl control = lane.Control;
        double target = Math.Min(_model.Rule.NextStop(lane), lane.End), left = target - lane.Time;
        double parts = Math.Max(1, Math.Ceiling((left / control.Wish) - 1e-9));
        lane.Dt = left / parts;
        lane.Target = parts == 1 ? target : double.NaN;
        var (s, share) = control.History.Coefficients(lane.Dt, control.Order, _p, _q);
        lane.ErrorShare = share;
        SetLane(_rates.S, lane.Index, s);
        for (int i = 0; i < StepHistory.Slots; i++)
        {
            SetLane(_rates.P + i, lane.Index, -_p[i]);
            SetLane(_rates.Q + i, lane.Index, -_q[i]);
        }

        return control.History.Points == 1 ? 1 : control.History.Age(control.Order);
    }

    /// <summary>Decides whether the step of a lane stands, and how long the next may be.</summary>
    private void Judge(FieldLane lane, double top, double bottom, double gate, double lowest)
    {
        bool isFinite = _step.IsFinite(lane.Index);
        double error = lane.ErrorShare * Math.Max(top / bottom, gate / (GateTolerance * _model.Tolerance));
        StepControl control = lane.Control;
        lane.IsAccepted = isFinite && lowest >= 0 && (error <= MostError || control.Fixed > 0);
        if (lane.IsAccepted)
        {
            control.Accept(lane.Dt, error);
            lane.Time = double.IsNaN(lane.Target) ? lane.Time + lane.Dt : lane.Target;
            lane.Steps++;
            return;
        }

        _memory.KeepLane(lane.Index, _window.CellsOf(lane.Index));
        control.Reject(lane.Dt, error, !isFinite || lowest < 0);
        lane.Rejected++;
        if (!(control.Wish >= lane.ShortestStep) || control.Fixed > 0)
        {
            string what = !isFinite ? "NonFinite" : lowest < 0 ? "Negative" : "StepTooSmall";
            (lane.IsDone, lane.Reason) = (true, $"{what} at t={lane.Time:g6} s");
        }
    }

    private void Observe(FieldLane lane)
    {
        _window.Follow(lane.Index);
        lane.IsDone = _model.Rule.Observe(this, lane) || lane.Time >= lane.End;
        Trace(lane);
    }

    /// <summary>Calcium in all pools and buffers, µM of cytosol summed over cells (compensated: the sum must not drift).</summary>
    private double Total(FieldLane lane)
    {
        double sum = 0, lost = 0;
        double[] v = lane.Simulation!.Parameters;
        for (int variable = 0; variable < _layout.FirstGate; variable++)
        {
            double weight = Weight(variable, v);
            for (int i = 0; i < Cells && weight > 0; i++)
            {
                double value = (weight * _memory.Value(lane.Control.History.Age(0), variable, _window.Stand(i, lane.Index), lane.Index)) - lost, next = sum + value;
                lost = (next - sum) - value;
                sum = next;
            }
        }

        return sum;
    }

    private double Weight(int variable, double[] v)
    {
        if (variable > 0 && variable < _layout.FirstOneWay)
        {
            return 1;
        }

        var pool = _model.Medium.Pools[variable == 0 ? _layout.Calcium : _layout.OneWay[variable - _layout.FirstOneWay]];
        return pool.IsCalcium ? pool.VolumeRatio(v) / pool.FreeShare(v) : 0;
    }

    private void Trace(FieldLane lane)
    {
        if (lane.Simulation!.Trace is { } trace && lane.Time >= lane.Traced + trace.Interval)
        {
            Record(trace, lane);
        }
    }

    // A method of its own: its closures would be allocated at every step.
    private void Record(ITrace trace, FieldLane lane)
    {
        int[] pools = [_layout.Calcium, .. _layout.OneWay];
        if (double.IsNegativeInfinity(lane.Traced))
        {
            trace.Begin([.. pools.SelectMany(p => Enumerable.Range(0, Cells).Select(i => new TraceColumn(_model.Medium.PoolNames[p], "µM", (i + 0.5) * lane.Dx)))]);
        }

        trace.Record(lane.Time, [.. pools.SelectMany(p => Enumerable.Range(0, Cells).Select(i => Concentration(p, i, lane)))]);
        lane.Traced = lane.Time;
    }
}
