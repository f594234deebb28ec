using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Fluxes;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Compartment;

/// <summary>Compartments in lanes: step control, recovery, refill.</summary>
/// <typeparam name="V">The lane type.</typeparam>
internal sealed unsafe class CompartmentBundle<V> : Bundle
    where V : unmanaged, ILanes<V>
{
    private const double Absolute = 1e-13, Relative = 1e-11, FirstStep = 1e-5, ShortestStep = 1e-12;
    private readonly CompartmentModel _model;
    private readonly FluxSet<V> _fluxes;
    private readonly CompartmentStep<V> _step;
    private readonly Lane[] _lanes = [.. Enumerable.Range(0, V.Count).Select(_ => new Lane())];

    /// <summary>A bundle.</summary>
    public CompartmentBundle(CompartmentModel model)
        : base(V.Count)
    {
        _model = model;
        _fluxes = new FluxSet<V>(model.Medium.Mechanisms, model.Medium.Pools.Count);
        _step = new CompartmentStep<V>(_fluxes, model.Medium.Pools.Count);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _step.Dispose();
        _fluxes.Dispose();
    }

    /// <inheritdoc/>
    protected override void Start(int lane, Simulation simulation)
    {
        double[] v = simulation.Parameters;
        double[] rest = _model.Medium.Rest(v);
        _fluxes.SetLane(lane, v, rest);
        for (int f = 0; f < _fluxes.Flows.Count; f++)
        {
            var (into, from) = _fluxes.Flows[f];
            At(_step.Gain, f, lane) = Share(into, v);
            At(_step.Cost, f, lane) = Share(from, v) * Volume(into, v) / Volume(from, v);
        }

        for (int p = 0; p < rest.Length; p++)
        {
            At(_step.Y, p, lane) = rest[p] + (p == _model.Cytosol ? v[_model.Load] : 0);
        }

        Lane l = _lanes[lane];
        (l.Simulation, l.Time, l.Wish, l.Steps, l.Traced) = (simulation, 0, FirstStep, 0, double.NegativeInfinity);
        (l.IsDone, l.Reason) = (false, null);
        l.Recovery = v[_model.Load] > 0 && At(_step.Y, _model.Cytosol, lane) <= v[_model.Threshold] ? 0 : double.NaN;
        Trace(lane);
    }

    /// <inheritdoc/>
    protected override void Idle(int lane)
    {
        _lanes[lane].Simulation = null;
        At(_step.Dt, 0, lane) = 0;
    }

    /// <inheritdoc/>
    protected override void Advance()
    {
        for (int i = 0; i < V.Count; i++)
        {
            if (_lanes[i].Simulation is { } simulation)
            {
                double left = simulation.Parameters[_model.Duration] - _lanes[i].Time;
                _lanes[i].Dt = left / Math.Max(1, Math.Ceiling((left / _lanes[i].Wish) - 1e-9));
                At(_step.Dt, 0, i) = _lanes[i].Dt;
            }
        }

        var (error, lowest) = _step.Try(Absolute, Relative);
        for (int i = 0; i < V.Count; i++)
        {
            if (_lanes[i].Simulation is not null)
            {
                Judge(i, ((double*)&error)[i], ((double*)&lowest)[i]);
            }
        }
    }

    /// <inheritdoc/>
    protected override bool TakeResult(int lane, out SimulationResult result)
    {
        Lane l = _lanes[lane];
        result = default;
        if (!l.IsDone)
        {
            return false;
        }

        double[] v = l.Simulation!.Parameters;
        double c = At(_step.Y, _model.Cytosol, lane), er = At(_step.Y, _model.Er, lane);
        bool isLoaded = v[_model.Load] > 0;
        double[] observables = l.Reason is not null
            ? [.. Enumerable.Repeat(double.NaN, _model.Observables.Count)]
            :
            [
                c, er, At(_step.Y, _model.Outside, lane) / c, er / c,
                isLoaded ? double.NaN : (c / v[_model.Medium.Pools[_model.Cytosol].Rest]) - 1,
                isLoaded ? double.NaN : (er / v[_model.Medium.Pools[_model.Er].Rest]) - 1,
                isLoaded ? l.Recovery : double.NaN,
            ];
        result = new SimulationResult(l.Reason is null ? Outcome.None : Outcome.Failed, l.Reason, observables, l.Steps);
        return true;
    }

    private static ref double At(V* plane, int at, int lane) => ref ((double*)(plane + at))[lane];

    private double Share(int pool, double[] v) => _model.Medium.Pools[pool].FreeShare(v);

    private double Volume(int pool, double[] v) => _model.Medium.Pools[pool].VolumeRatio(v);

    private void Judge(int lane, double error, double lowest)
    {
        Lane l = _lanes[lane];
        if (!(error <= 1 && lowest >= 0))
        {
            l.Wish = l.Dt * (error > 1 ? Math.Max(0.2, 0.9 / FifthRoot(error)) : 0.3);
            if (!(l.Wish >= ShortestStep))
            {
                (l.IsDone, l.Reason) = (true, $"{(double.IsFinite(error) ? "StepTooSmall" : "NonFinite")} at t={l.Time:g6} s");
            }

            return;
        }

        double threshold = l.Simulation!.Parameters[_model.Threshold];
        double before = At(_step.Y, _model.Cytosol, lane), after = At(_step.Next, _model.Cytosol, lane);
        if (double.IsNaN(l.Recovery) && before > threshold && after <= threshold)
        {
            l.Recovery = l.Time + (l.Dt * Crossing(
                before - threshold, after - threshold, l.Dt * At(_step.Derivative(0), _model.Cytosol, lane),
                l.Dt * At(_step.Derivative(6), _model.Cytosol, lane)));
        }

        for (int p = 0; p < _model.Medium.Pools.Count; p++)
        {
            At(_step.Y, p, lane) = At(_step.Next, p, lane);
        }

        double end = l.Simulation.Parameters[_model.Duration];
        l.Steps++;
        l.Time = end - l.Time <= l.Dt * (1 + 1e-9) ? end : l.Time + l.Dt;
        l.Wish = l.Dt * Math.Clamp(0.9 / FifthRoot(Math.Max(error, 1e-8)), 0.3, 4);
        l.IsDone = l.Time >= end;
        Trace(lane);
    }

    /// <summary>x^(1/5) by Newton from above: only steps depend on it, but its bits must not depend on a library.</summary>
    private static double FifthRoot(double x)
    {
        double y = Math.Max(1, x);
        for (int i = 0; i < 80; i++)
        {
            double y2 = y * y, next = y - ((y - (x / (y2 * y2))) / 5);
            if (!(next < y))
            {
                break;
            }

            y = next;
        }

        return y;
    }

    /// <summary>Where the cubic through the values and slopes at both ends is zero, as a share of the step.</summary>
    private static double Crossing(double y0, double y1, double d0, double d1)
    {
        double low = 0, high = 1;
        for (int i = 0; i < 60; i++)
        {
            double t = 0.5 * (low + high), u = 1 - t;
            double y = (u * u * ((y0 * (1 + (2 * t))) + (d0 * t))) + (t * t * ((y1 * (3 - (2 * t))) - (d1 * u)));
            (low, high) = y > 0 ? (t, high) : (low, t);
        }

        return 0.5 * (low + high);
    }

    private void Trace(int lane)
    {
        Lane l = _lanes[lane];
        if (l.Simulation!.Trace is not { } trace || l.Time < l.Traced + trace.Interval)
        {
            return;
        }

        if (double.IsNegativeInfinity(l.Traced))
        {
            trace.Begin([.. _model.Medium.Pools.Select(p => new TraceColumn(p.Name, "µM"))]);
        }

        var row = new double[_model.Medium.Pools.Count];
        for (int p = 0; p < row.Length; p++)
        {
            row[p] = At(_step.Y, p, lane);
        }

        trace.Record(l.Time, row);
        l.Traced = l.Time;
    }

    private sealed class Lane
    {
        public Simulation? Simulation { get; set; }

        public double Time { get; set; }

        public double Dt { get; set; }

        public double Wish { get; set; }

        public long Steps { get; set; }

        public double Recovery { get; set; }

        public double Traced { get; set; }

        public bool IsDone { get; set; }

        public string? Reason { get; set; }
    }
}
