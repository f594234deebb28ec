using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Lanes;
using CalciumSweep.Solver.Random;

namespace CalciumSweep.Solver.Compartment;

/// <summary>Compartments in lanes: step control, corners, measurement, refill.</summary>
/// <typeparam name="V">The lane type.</typeparam>
internal sealed unsafe class CompartmentBundle<V> : Bundle
    where V : unmanaged, ILanes<V>
{
    private const double FirstStep = 1e-5, ShortestStep = 1e-12;
    private readonly CompartmentModel _model;
    private readonly CellRates<V> _rates;
    private readonly ExplicitStep<V> _explicit;
    private readonly RosenbrockStep<V> _implicit;
    private readonly AlignedMemory _memory;
    private readonly CompartmentLane[] _lanes;
    private readonly CellTrace _trace;

    /// <summary>A bundle.</summary>
    public CompartmentBundle(CompartmentModel model)
        : base(V.Count)
    {
        _model = model;
        _rates = new CellRates<V>(model);
        _explicit = new ExplicitStep<V>(_rates);
        int n = _rates.Variables, pools = model.Medium.Pools.Count, tallies = model.Rule.TallyFlows.Count;
        int[] active = [.. Enumerable.Range(0, n - tallies).Where(i => i >= pools || !model.Medium.Pools[i].IsClamped)];
        _implicit = new RosenbrockStep<V>(_rates, active, model.Protocols.Length > 0);
        _memory = new AlignedMemory((n + 1) * sizeof(V));
        _lanes = [.. Enumerable.Range(0, V.Count).Select(_ => new CompartmentLane(model.Rule.NewRun(), model.Sites?.NewRun(), n, _rates.Fluxes))];
        _trace = new CellTrace(model);
    }

    private V* Y => (V*)_memory.Start;

    private V* Dt => Y + _rates.Variables;

    /// <inheritdoc/>
    public override void Dispose()
    {
        _explicit.Dispose();
        _implicit.Dispose();
        _rates.Dispose();
        _memory.Dispose();
    }

    /// <inheritdoc/>
    protected override void Start(int lane, Simulation simulation)
    {
        CompartmentLane l = _lanes[lane];
        double[] v = simulation.Parameters, state = l.After;
        _rates.SetLane(lane, v, state);
        l.Run.Use(new RandomStream(simulation.StreamKey, simulation.Replicate, 0));
        l.Run.Start(v, state);
        l.Begin(simulation, _model.Stepping == CompartmentStepping.Implicit, FirstStep);
        l.Limit = l.Corner = _model.NextCorner(v, 0);
        if (l.Sites is { } sites)
        {
            sites.Start(simulation, state);
            l.Corner = sites.Advance(0, l.Limit, state);
        }

        _trace.Record(l);
        state.CopyTo(l.Before, 0);
        _rates.Bind(lane, l.Before);
        for (int i = 0; i < state.Length; i++)
        {
            At(Y, i, lane) = l.Before[i];
        }
    }

    /// <inheritdoc/>
    protected override void Idle(int lane)
    {
        _lanes[lane].Simulation = null;
        At(Dt, 0, lane) = 0;
    }

    /// <inheritdoc/>
    protected override void Advance()
    {
        bool isExplicit = false, isImplicit = false;
        for (int i = 0; i < V.Count; i++)
        {
            CompartmentLane l = _lanes[i];
            if (l.Simulation is not null)
            {
                double left = l.Corner - l.Time;
                l.Dt = left / Math.Max(1, Math.Ceiling((left / l.Wish) - 1e-9));
                At(Dt, 0, i) = l.Dt;
                _rates.SetWindow(i, l.Time, l.Dt);
                (isExplicit, isImplicit) = (isExplicit || !l.IsImplicit, isImplicit || l.IsImplicit);
            }
        }

        // Lanes of the other method are computed too, and not looked at.
        V error = V.All(0), stiffness = V.All(0), implicitError = V.All(0);
        (error, stiffness) = isExplicit ? _explicit.Try(Y, *Dt) : (error, stiffness);
        implicitError = isImplicit ? _implicit.Try(Y, *Dt) : implicitError;
        for (int i = 0; i < V.Count; i++)
        {
            CompartmentLane l = _lanes[i];
            if (l.Simulation is not null)
            {
                Judge(i, l, At(l.IsImplicit ? &implicitError : &error, 0, i));
                if (!l.IsImplicit && _model.Stepping == CompartmentStepping.Auto)
                {
                    l.IsImplicit = l.ProvesStiff(At(&stiffness, 0, i));
                }
            }
        }
    }

    /// <inheritdoc/>
    protected override bool TakeResult(int lane, out SimulationResult result)
    {
        CompartmentLane l = _lanes[lane];
        result = default;
        if (!l.IsDone)
        {
            return false;
        }

        var observables = new double[_model.Observables.Count];
        Outcome outcome = Outcome.Failed;
        if (l.Reason is null)
        {
            int own = _model.Rule.Observables.Count;
            outcome = l.Run.Finish(l.Simulation!.Parameters, l.After, observables.AsSpan(0, own));
            l.Sites?.Finish(observables.AsSpan(own));
        }
        else
        {
            Array.Fill(observables, double.NaN);
        }

        result = new SimulationResult(outcome, l.Reason, observables, l.Steps);
        return true;
    }

    private static ref double At(V* plane, int at, int lane) => ref ((double*)(plane + at))[lane];

    private void Judge(int lane, CompartmentLane l, double error)
    {
        StepPlanes<V> planes = l.IsImplicit ? _implicit.Planes : _explicit.Planes;
        bool isValid = error <= 1;
        for (int i = 0; i < l.After.Length; i++)
        {
            double next = At(planes.Next, i, lane);
            isValid &= double.IsFinite(next) && (next >= 0 || !_model.IsConcentration(i));
        }

        if (!isValid)
        {
            l.Wish = l.Dt * (error > 1 ? Math.Max(0.2, 0.9 / StepRoot.Fifth(error)) : 0.3);
            if (!(l.Wish >= ShortestStep))
            {
                (l.IsDone, l.Reason) = (true, $"{(double.IsFinite(error) ? "StepTooSmall" : "NonFinite")} at t={l.Time:g6} s");
            }

            return;
        }

        Accept(lane, l, planes);
        l.Wish = l.Dt * Math.Clamp(0.9 / StepRoot.Fifth(Math.Max(error, 1e-8)), 0.3, 4);
        if (l.Time >= l.Limit)
        {
            l.Limit = _model.NextCorner(l.Simulation!.Parameters, l.Time);
            l.IsDone = l.Time >= l.Simulation.Parameters[_model.Duration];

            // Past a jump the last step says nothing.
            l.Wish = Math.Min(l.Wish, _model.Protocols.Length > 0 ? FirstStep : l.Wish);
        }

        _trace.Record(l);
        if (l.Time >= l.Corner && !l.IsDone)
        {
            Turn(lane, l);
        }
    }

    // At a corner the sites run ahead; the cell sees what they write from here on.
    private void Turn(int lane, CompartmentLane l)
    {
        l.Corner = l.Limit;
        if (l.Sites is { } sites)
        {
            l.Corner = sites.Advance(l.Time, l.Limit, l.After);
            for (int p = 0; p < _model.Medium.Pools.Count; p++)
            {
                if (_model.Medium.Pools[p].IsClamped)
                {
                    At(Y, p, lane) = l.After[p];
                }
            }
        }
    }

    private void Accept(int lane, CompartmentLane l, in StepPlanes<V> planes)
    {
        int pools = _model.Medium.Pools.Count;
        for (int i = 0; i < l.After.Length; i++)
        {
            double y = At(Y, i, lane), next = At(planes.Next, i, lane);
            double before = At(planes.Before, i, lane), after = At(planes.After, i, lane);
            (l.Before[i], l.SlopesBefore[i]) = i < pools ? _rates.FreeOf(lane, i, y, before) : (y, before);
            (l.After[i], l.SlopesAfter[i]) = i < pools ? _rates.FreeOf(lane, i, next, after) : (next, after);
            At(Y, i, lane) = next;
        }

        for (int f = 0; f < l.FluxesAfter.Length; f++)
        {
            (l.FluxesBefore[f], l.FluxesAfter[f]) = (At(planes.FluxBefore, f, lane), At(planes.FluxAfter, f, lane));
        }

        l.Run.Step(new CellStep(
            l.Simulation!.Parameters, l.Time, l.Dt, l.Before, l.After, l.SlopesBefore, l.SlopesAfter, l.FluxesBefore, l.FluxesAfter));
        l.Steps++;
        l.Time = l.Corner - l.Time <= l.Dt * (1 + 1e-9) ? l.Corner : l.Time + l.Dt;
    }
}
