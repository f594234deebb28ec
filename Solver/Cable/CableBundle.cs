using System.Runtime.CompilerServices;
using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Fluxes;
using CalciumSweep.Solver.Lanes;
using CalciumSweep.Solver.Random;
using static CalciumSweep.Solver.Lanes.Elementary;

namespace CalciumSweep.Solver.Cable;

/// <summary>Cables of one shape in lanes: step control, arrivals, verdicts, refill.</summary>
/// <typeparam name="V">The lane type.</typeparam>
internal sealed unsafe class CableBundle<V> : Bundle, ICableView
    where V : unmanaged, ILanes<V>
{
    private const double DriftAllowed = 1e-10;
    private readonly CableModel _model;
    private readonly CableWork _work;
    private readonly CablePlanes<V> _p;
    private readonly SitePlanes<V> _s;
    private readonly FluxSet<V> _fluxes;
    private readonly CableStep<V> _step;
    private readonly SiteGates<V> _row;
    private readonly (double Channels, double Open)[] _starts;
    private readonly StepControl<V> _control;
    private readonly AlignedMemory _watch = new(2 * sizeof(V));
    private readonly CableLane[] _lanes;

    /// <summary>A bundle.</summary>
    public CableBundle(CableModel model, int sites, int cellsPerSite, CableWork work)
        : base(V.Count)
    {
        (_model, CellsPerSite) = (model, cellsPerSite);
        _work = work;
        _p = MediumStep<V>.NewPlanes(model.Buffers, sites * cellsPerSite);
        _s = new SitePlanes<V>(sites, cellsPerSite);
        _fluxes = new FluxSet<V>(model.Mechanisms, pools: 2);
        _step = MediumStep<V>.Of(model.Buffers, _p, _s, _fluxes);
        _row = model.Kind.NewGates(model.P, _p, _s, _step);
        _starts = new (double, double)[sites];
        _control = new StepControl<V>(model, _step);
        _lanes = [.. Enumerable.Range(0, V.Count).Select(i => new CableLane(sites, _p.Cells)
        {
            Index = i,
            Dye = model.Dye is { } dye ? new DyeRecord(dye, _p.Cells) : null,
        })];
    }

    /// <inheritdoc/>
    public int Sites => _s.Sites;

    /// <inheritdoc/>
    public int CellsPerSite { get; }

    /// <summary>Release at which a site has fired, µM µm³.</summary>
    private V* FiredRelease => (V*)_watch.Start;

    /// <summary>Largest free calcium so far in the cells of sites 1…n−1, µM.</summary>
    private V* Peak => FiredRelease + 1;

    /// <inheritdoc/>
    public double Calcium(int site, int lane) => ((double*)(_p.C + _s.CellOf(site)))[lane];

    /// <inheritdoc/>
    public double CellCalcium(int cell, int lane) => ((double*)(_p.C + cell))[lane];

    /// <inheritdoc/>
    public double Open(int site, int lane) => ((double*)(_s.Open + site))[lane];

    /// <inheritdoc/>
    public double Released(int site, int lane) => ((double*)(_s.Released + site))[lane];

    /// <inheritdoc/>
    public void CopyDye(int lane, Span<double> cells) => _step.CopyDye(lane, cells);

    /// <inheritdoc/>
    public override void Dispose()
    {
        _watch.Dispose();
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
        new CableStart<V>(_p, _s, _step).Fill(lane, p, v, CellsPerSite, StepControl<V>.Tolerance);
        for (int k = 0; k < Sites; k++)
        {
            var (channels, open) = _starts[k] = _model.Rule.Start(p, v, k);
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

        _row.SetLane(lane, simulation, _starts);
        double total = ((double*)_s.Junction)[lane];
        l.Simulation = simulation;
        _control.Begin(l);
        (l.Outcome, l.Reason, l.Peak, l.Traced) = (Outcome.None, null, v[p.CytosolRest], double.NegativeInfinity);
        Put(FiredRelease, 0, lane, v[p.FiredFraction] * v[p.JunctionVolume] * total);
        Put(Peak, 0, lane, v[p.CytosolRest]);
        l.StartTotal = Total(lane);
        l.Series.Clear();
        l.AtTheEnd = null;
        l.LastOpen = 0;
        l.Train.Begin(((double*)FiredRelease)[lane]);
        l.Dye?.Begin(p, v, v[p.Spacing] / CellsPerSite, _model.Rule.IsAlone);
        l.Dye?.Observe(this, l);
        _model.Rule.Observe(this, l);
        CableTrace.Write(this, _p.Cells, l, _model.P);
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
        int busy = 0;
        foreach (CableLane lane in _lanes)
        {
            if (lane.Simulation is not null)
            {
                _control.Choose(lane);
                _row.Hold(lane.Index, lane.IsHeld);
                busy++;
            }
        }

        _step.Prepare();
        _row.Gate();
        _step.Try();
        int rejected = TakeOver();
        Watch();
        foreach (CableLane lane in _lanes)
        {
            if (lane.Simulation is not null && lane.Stood)
            {
                bool isOnTheMillisecond = StepControl<V>.Tick(lane);
                lane.Dye?.Observe(this, lane);
                _model.Rule.Observe(this, lane);
                lane.Outcome = _model.Rule.Judge(this, _model.P, lane, isOnTheMillisecond);
                CableTrace.Write(this, _p.Cells, lane, _model.P);
            }
        }

        _work.Add(V.Count, busy, rejected, _p.Cells);
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

        if (_model.Rule.WantsPeakOfSites)
        {
            l.Peak = ((double*)Peak)[lane];
        }

        double[] observables = l.Outcome == Outcome.Failed
            ? [.. Enumerable.Repeat(double.NaN, _model.Observables.Count)]
            : [.. _model.Rule.Measure(this, _model.P, l), .. l.Dye?.Measure(_model.Rule.IsAlone ? l.Outcome == Outcome.Sparks : !double.IsNaN(l.Arrival[Sites / 2])) ?? []];
        result = new SimulationResult(l.Outcome, l.Reason, observables, l.Steps);
        return true;
    }

    private static void Put(V* plane, int at, int lane, double value) => ((double*)(plane + at))[lane] = value;

    /// <summary>The new state becomes the present one, but in the lanes whose step does not stand.</summary>
    /// <returns>How many these are.</returns>
    private int TakeOver()
    {
        V accepted = V.All(1);
        int rejected = 0;
        foreach (CableLane lane in _lanes)
        {
            if (lane.Simulation is null)
            {
                continue;
            }

            lane.Stood = _control.Stands(lane);
            if (!lane.Stood)
            {
                ((double*)&accepted)[lane.Index] = 0;
                rejected++;
                lane.Reason = lane.Outcome == Outcome.Failed ? $"{lane.Reason}, site {Worst(lane.Index)}" : null;
            }
        }

        if (rejected > 0)
        {
            _p.Withdraw(accepted);
            _s.Withdraw(accepted);
            _row.Withdraw(accepted);
        }

        _p.Swap();
        _s.Swap();
        _row.Swap();
        return rejected;
    }

    private int Worst(int lane)
    {
        for (int k = 0; k < Sites; k++)
        {
            double next = ((double*)(_p.NextC + _s.CellOf(k)))[lane];
            if (!double.IsFinite(next) || next < 0)
            {
                return k;
            }
        }

        return 0;
    }

    /// <summary>Follows the peak and the release of the sites through the step that was taken over.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Watch()
    {
        V peak = *Peak, fired = *FiredRelease, one = V.All(1), none = V.All(0);
        V* released = _s.Released, before = _s.NextReleased; // the two states have changed places
        for (int k = 0; k < Sites; k++)
        {
            V crosses = V.Less(released[k], fired, none, V.Less(before[k], fired, one, none));
            peak = k == 0 ? peak : Max(_p.C[_s.CellOf(k)], peak);
            for (int lane = 0; lane < V.Count; lane++)
            {
                if (((double*)&crosses)[lane] > 0)
                {
                    Arrive(_lanes[lane], k, ((double*)(before + k))[lane], ((double*)(released + k))[lane]);
                }
            }
        }

        *Peak = peak;
    }

    /// <summary>A site's release crossed the threshold: it fired, at a time linear in the step.</summary>
    private void Arrive(CableLane lane, int site, double before, double after)
    {
        if (lane.Simulation is not null && lane.Stood && double.IsNaN(lane.Arrival[site]))
        {
            lane.Arrival[site] = lane.Time + (lane.Dt * (((double*)FiredRelease)[lane.Index] - before) / (after - before));
        }
    }

    /// <summary>A dx Σ(c + bound + γ e) + V_j ΣT, µM µm³.</summary>
    private double Total(int lane)
    {
        CableRates<V>* r = _step.Rates;
        double gamma = 1 / ((double*)&r->PerStore)[lane], sum = 0, junctions = 0;
        for (int i = 0; i < _p.Cells; i++)
        {
            sum += _step.Held(i, lane) + (gamma * ((double*)(_p.E + i))[lane]);
        }

        for (int k = 0; k < Sites; k++)
        {
            junctions += ((double*)(_s.Junction + k))[lane];
        }

        return (sum / ((double*)&r->PerCell)[lane]) + (junctions / ((double*)&r->PerJunction)[lane]);
    }
}
