using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Solver.Compartment;

/// <summary>
/// Writes trajectories: free concentration of every pool but those that sites write, bound calcium of kinetic buffers, and the flows
/// that the rule follows.
/// </summary>
internal sealed class CellTrace
{
    private readonly TraceColumn[] _columns;
    private readonly double[] _row;
    private readonly int[] _variables, _flows;

    /// <summary>The trace of a model.</summary>
    public CellTrace(CompartmentModel model)
    {
        int pools = model.Medium.Pools.Count, bound = pools + model.Medium.Gates.Count;
        int[] shown = [.. Enumerable.Range(0, pools).Where(p => model.Medium.Pools[p].Substance != "exchange")];
        _variables = [.. shown, .. Enumerable.Range(bound, model.Kinetic.Length)];
        _flows = [.. model.Rule.TallyFlows.Take(model.Rule.TallyNames.Count)];
        _columns =
        [
            .. shown.Select(p => new TraceColumn(model.Medium.Pools[p].Name, model.Medium.Pools[p].Unit)),
            .. model.Kinetic.Select(b => new TraceColumn(b.Name, "µM")),
            .. model.Rule.TallyNames.Select(name => new TraceColumn(name, "µM/s")),
        ];
        _row = new double[_columns.Length];
    }

    /// <summary>Records where a lane stands, if it is traced and the interval is over.</summary>
    public void Record(CompartmentLane lane)
    {
        if (lane.Simulation!.Trace is not { } trace || lane.Time < lane.Traced + trace.Interval)
        {
            return;
        }

        if (double.IsNegativeInfinity(lane.Traced))
        {
            trace.Begin(_columns);
        }

        for (int i = 0; i < _variables.Length; i++)
        {
            _row[i] = lane.After[_variables[i]];
        }

        for (int i = 0; i < _flows.Length; i++)
        {
            _row[_variables.Length + i] = lane.FluxesAfter[_flows[i]];
        }

        trace.Record(lane.Time, _row);
        lane.Traced = lane.Time;
    }
}
