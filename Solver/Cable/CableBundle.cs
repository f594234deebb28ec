using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Fluxes;
using CalciumSweep.Solver.Lanes;
using CalciumSweep.Solver.Random;
using CalciumSweep.Solver.Sites;

namespace CalciumSweep.Solver.Cable;

/// <summary>Cables of one shape in lanes: step control, arrivals, verdicts, refill.</summary>
/// <typeparam name="V">The lane type.</typeparam>
internal sealed unsafe class CableBundle<V> : Bundle, ICableView
    where V : unmanaged, ILanes<V>
{
    private const double FirstStep = 10e-6, ShortestStep = 1e-10, Millisecond = 1e-3, DriftAllowed = 1e-10;

    /// <summary>
    /// Error of free calcium at the sites that a step is to make (µM, and relative), and how much more of it still stands:
    /// where a site ignites the error is large and short-lived, and to cut the step there gains nothing.
    /// </summary>
    private const double Tolerance = 0.2, Allowed = 4;

    /// <summary>
    /// Longest step over d²/D: within a step a site sees its neighbours as they moved at its start, so that calcium must
    /// not come from one site to the next in less. Longest step while channels are held open, s.
    /// </summary>
    private const double LongestOfPassage = 0.1, LongestHeld = 250e-6;

    private readonly CableModel _model;
    private readonly CableWork _work;
    private readonly CablePlanes<V> _p;
    private readonly SitePlanes<V> _s;
    private readonly FluxSet<V> _fluxes;
    private readonly CableStep<V> _step;
    private readonly SiteRow<V> _row;
    private readonly CableLane[] _lanes;

    /// <summary>A bundle.</summary>
    public CableBundle(CableModel model, int sites, int cellsPerSite, CableWork work)
        : base(V.Count)
    {
        (_model, CellsPerSite) = (model, cellsPerSite);
        _work = work;
        _p = new CablePlanes<V>(sites * cellsPerSite);
        _s = new SitePlanes<V>(sites);
        _fluxes = new FluxSet<V>(model.Mechanisms, planes: 2);
        _step = new CableStep<V>(_p, _s, _fluxes);
        _row = new SiteRow<V>(_p, _s, _step);
        _lanes = [.. Enumerable.Range(0, V.Count).Select(i => new CableLane(sites, _p.Cells) { Index = i })];
    }

    /// <inheritdoc/>
    public int Sites => _s.Sites;

    /// <inheritdoc/>
    public int CellsPerSite { get; }

    /// <inheritdoc/>
    public double Calcium(int site, int lane) => ((double*)(_p.C + _step.CellOf(site)))[lane];

    /// <inheritdoc/>
    public double Open(int site, int lane) => ((double*)(_s.Open + site))[lane];

    /// <inheritdoc/>
    public double Released(int site, int lane) => ((double*)(_s.Released + site))[lane];

    /// <inheritdoc/>
    public void CopyMobile(int lane, Span<double> cells)
    {
        for (int i = 0; i < cells.Length; i++)
        {
            cells[i] = ((double*)(_p.M + i))[lane];
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _row.Dispose();
        _step.Dispose();
        _fluxes.Dispose();
        _s.Dispose();
        _p.Dispose();
    }

    /// <inheritdoc/>
    protected override void Start(int lane, Simulation simulation)
    {
        double[] v = simulation.Parameters;
        CableParameters p = _model.P;
        CableLane l = _lanes[lane];
        _fluxes.SetLane(lane, v, [v[p.CytosolRest], v[p.StoreRest]]);
        _step.Forget();
        new CableStart<V>(_p, _s, _step).Fill(lane, p, v, CellsPerSite, Tolerance, Tolerance);
        for (int k = 0; k < Sites; k++)
        {
            var (channels, open) = _model.Rule.Start(p, v, k);
            double first = -ScalarLog.Log(
                new RandomStream(simulation.StreamKey, simulation.Replicate, (uint)k).Pair(0).Odd);
            Put(_s.Channels, k, lane, channels);
            Put(_s.Open, k, lane, open);
            Put(_s.Inactivated, k, lane, 0);
            Put(_s.Countdown, k, lane, first);
            Put(_s.Draw, k, lane, 1);
            Put(_s.Released, k, lane, 0);
            l.Arrival[k] = double.NaN;
        }

        var site = new RyrSite(
            v[p.ChannelFlux] * v[p.Gain], v[p.Cleft], v[p.Opening], Fourth(v[p.ChannelK]), Fourth(v[p.LuminalK]),
            v[p.Closing], v[p.Inactivation], v[p.Recovery]);
        _row.SetLane(lane, site, simulation.StreamKey, simulation.Replicate);
        double total = ((double*)_s.Junction)[lane];
        (l.Simulation, l.Time, l.Wish, l.Steps, l.Milliseconds) = (simulation, 0, FirstStep, 0, 0);
        l.LongestStep = Math.Min(_model.Rule.LongestStep, LongestOfPassage * v[p.Spacing] * v[p.Spacing] / v[p.Diffusion]);
        (l.Outcome, l.Reason, l.Peak, l.Traced) = (Outcome.None, null, v[p.CytosolRest], double.NegativeInfinity);
        l.FiredRelease = v[p.FiredFraction] * v[p.JunctionVolume] * total;
        l.StartTotal = Total(lane);
        l.Series.Clear();
        _model.Rule.Observe(this, l);
        Trace(l);
    }

    /// <inheritdoc/>
    protected override void Idle(int lane)
    {
        _lanes[lane].Simulation = null;
        _step.SetStep(lane, 0);
        _row.Hold(lane, false);
    }

    /// <inheritdoc/>
    protected override void Advance()
    {
        foreach (CableLane lane in _lanes)
        {
            if (lane.Simulation is not null)
            {
                ChooseStep(lane);
            }
        }

        long t0 = System.Diagnostics.Stopwatch.GetTimestamp();
        _step.Prepare();
        long t1 = System.Diagnostics.Stopwatch.GetTimestamp();
        _row.Gate();
        long t2 = System.Diagnostics.Stopwatch.GetTimestamp();
        _step.Try();
        long t3 = System.Diagnostics.Stopwatch.GetTimestamp();
        V accepted = Judge();
        Arrivals(accepted);
        long t4 = System.Diagnostics.Stopwatch.GetTimestamp();
        if (!IsAll(accepted))
        {
            _step.Withdraw(accepted);
            _s.Withdraw(accepted);
        }

        _p.Swap();
        _s.Swap();
        long t5 = System.Diagnostics.Stopwatch.GetTimestamp();
        _work.LaneSteps += V.Count;
        foreach (CableLane lane in _lanes)
        {
            if (lane.Simulation is not null)
            {
                _work.BusyLaneSteps++;
                _work.CellSteps += _p.Cells;
                if (((double*)&accepted)[lane.Index] == 0) _work.Rejected++; else _work.ModelTime += lane.Dt;
            }
        }
        _work.Ticks[0] += t1 - t0;
        _work.Ticks[1] += t2 - t1;
        _work.Ticks[2] += t3 - t2;
        _work.Ticks[3] += t4 - t3;
        _work.Ticks[4] += t5 - t4;
        foreach (CableLane lane in _lanes)
        {
            if (lane.Simulation is not null && lane.Outcome == Outcome.None && ((double*)&accepted)[lane.Index] > 0)
            {
                Accept(lane);
            }
        }
    }

    /// <inheritdoc/>
    protected override bool TakeResult(int lane, out SimulationResult result)
    {
        CableLane l = _lanes[lane];
        if (l.Outcome == Outcome.None)
        {
            result = default;
            return false;
        }

        l.Drift = (Total(lane) - l.StartTotal) / l.StartTotal;
        if (l.Outcome != Outcome.Failed && !(Math.Abs(l.Drift) <= DriftAllowed))
        {
            (l.Outcome, l.Reason) = (Outcome.Failed, $"NotConserving by {l.Drift:g2} at t={l.Time:g6} s");
        }

        double[] observables = l.Outcome == Outcome.Failed
            ? [.. Enumerable.Repeat(double.NaN, _model.Observables.Count)]
            : _model.Rule.Measure(this, _model.P, l);
        result = new SimulationResult(l.Outcome, l.Reason, observables, l.Steps);
        return true;
    }

    private static bool IsAll(V accepted)
    {
        double sum = 0;
        for (int lane = 0; lane < V.Count; lane++)
        {
            sum += ((double*)&accepted)[lane];
        }

        return sum == V.Count;
    }

    private static double Fourth(double x) => x * x * (x * x);

    private static void Put(V* plane, int at, int lane, double value) => ((double*)(plane + at))[lane] = value;

    /// <summary>Steps end on whole milliseconds (the clock of the verdict) and at the end of the stimulus; equal parts in between.</summary>
    private void ChooseStep(CableLane lane)
    {
        double target = (lane.Milliseconds + 1) * Millisecond, held = _model.Rule.HeldUntil(_model.P, lane.Simulation!.Parameters);
        if (lane.Time < held && held < target)
        {
            target = held;
        }

        target = Math.Min(target, lane[_model.P.TimeLimit]);
        double left = target - lane.Time, wish = lane.Time < held ? Math.Min(lane.Wish, LongestHeld) : lane.Wish;
        double parts = Math.Max(1, Math.Ceiling((left / wish) - 1e-9));
        lane.Dt = left / parts;
        lane.Target = parts == 1 ? target : double.NaN;
        _step.SetStep(lane.Index, lane.Dt);
        _row.Hold(lane.Index, lane.Time < held);
    }

    /// <summary>Decides per lane whether the step stands, and how long the next may be.</summary>
    private V Judge()
    {
        V accepted = V.All(1), error = _step.Error, lowest = _step.Lowest;
        foreach (CableLane lane in _lanes)
        {
            if (lane.Simulation is null)
            {
                continue;
            }

            double e = ((double*)&error)[lane.Index], low = ((double*)&lowest)[lane.Index];
            if (e <= Allowed && low >= 0)
            {
                double grow = Math.Min(2, 0.9 / Math.Sqrt(Math.Max(e, 1e-12)));
                lane.Wish = Math.Min(lane.LongestStep, lane.Dt * Math.Max(0.5, grow));
                continue;
            }

            ((double*)&accepted)[lane.Index] = 0;
            bool isFinite = double.IsFinite(e) && double.IsFinite(low);
            lane.Wish = lane.Dt * (isFinite && low >= 0 ? Math.Clamp(0.9 / Math.Sqrt(e), 0.2, 0.7) : 0.4);
            if (lane.Wish < ShortestStep)
            {
                string what = !isFinite ? "NonFinite" : low < 0 ? "Negative" : "StepTooSmall";
                (lane.Outcome, lane.Reason) = (Outcome.Failed, $"{what} at t={lane.Time:g6} s, site {Worst(lane.Index)}");
            }
        }

        return accepted;
    }

    private int Worst(int lane)
    {
        for (int k = 0; k < Sites; k++)
        {
            double next = ((double*)(_p.NextC + _step.CellOf(k)))[lane];
            if (!double.IsFinite(next) || next < 0)
            {
                return k;
            }
        }

        return 0;
    }

    /// <summary>Sites whose release crosses the threshold in the step: arrival by linear interpolation.</summary>
    private void Arrivals(V accepted)
    {
        for (int k = 0; k < Sites; k++)
        {
            for (int i = 0; i < V.Count; i++)
            {
                CableLane lane = _lanes[i];
                if (lane.Simulation is null || ((double*)&accepted)[i] == 0)
                {
                    continue;
                }

                double before = ((double*)(_s.Released + k))[i], after = ((double*)(_s.NextReleased + k))[i];
                if (double.IsNaN(lane.Arrival[k]) && after >= lane.FiredRelease)
                {
                    lane.Arrival[k] = lane.Time + (lane.Dt * (lane.FiredRelease - before) / (after - before));
                }

                double c = ((double*)(_p.NextC + _step.CellOf(k)))[i];
                if (k > 0 && c > lane.Peak && _model.Rule is SiteWaveRule)
                {
                    lane.Peak = c;
                }
            }
        }
    }

    private void Accept(CableLane lane)
    {
        lane.Steps++;
        bool onTheMillisecond = false;
        if (double.IsNaN(lane.Target))
        {
            lane.Time += lane.Dt;
        }
        else
        {
            lane.Time = lane.Target;
            onTheMillisecond = lane.Target == (lane.Milliseconds + 1) * Millisecond;
            lane.Milliseconds += onTheMillisecond ? 1 : 0;
        }

        _model.Rule.Observe(this, lane);
        lane.Outcome = _model.Rule.Judge(this, _model.P, lane, onTheMillisecond);
        Trace(lane);
    }

    /// <summary>A dx Σ(c + s + m + γ e) + V_j ΣT, µM µm³.</summary>
    private double Total(int lane)
    {
        CableRates<V>* r = _step.Rates;
        double gamma = 1 / ((double*)&r->PerStore)[lane], sum = 0, junctions = 0;
        for (int i = 0; i < _p.Cells; i++)
        {
            sum += ((double*)(_p.C + i))[lane] + ((double*)(_p.S + i))[lane] + ((double*)(_p.M + i))[lane]
                + (gamma * ((double*)(_p.E + i))[lane]);
        }

        for (int k = 0; k < Sites; k++)
        {
            junctions += ((double*)(_s.Junction + k))[lane];
        }

        return (sum / ((double*)&r->PerCell)[lane]) + (junctions / ((double*)&r->PerJunction)[lane]);
    }

    private void Trace(CableLane lane)
    {
        if (lane.Simulation!.Trace is not { } trace || lane.Time < lane.Traced + trace.Interval)
        {
            return;
        }

        double dx = lane[_model.P.Spacing] / CellsPerSite;
        if (double.IsNegativeInfinity(lane.Traced))
        {
            trace.Begin(
            [
                .. Enumerable.Range(0, _p.Cells).Select(i => new TraceColumn("cytosol", "µM", (i + 0.5) * dx)),
                .. Enumerable.Range(0, Sites).Select(k => new TraceColumn("open", "1", (k + 0.5) * lane[_model.P.Spacing])),
            ]);
        }

        var row = new double[_p.Cells + Sites];
        for (int i = 0; i < row.Length; i++)
        {
            row[i] = i < _p.Cells ? ((double*)(_p.C + i))[lane.Index] : Open(i - _p.Cells, lane.Index);
        }

        trace.Record(lane.Time, row);
        lane.Traced = lane.Time;
    }
}
