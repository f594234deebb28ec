using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Protocols;

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
    private readonly (Protocol Protocol, int Column)[] _driven;

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
        _driven = [.. model.Protocols.Select(p => (p, Array.IndexOf(shown, p.Pool))).Where(p => p.Item2 >= 0)];
    }

    /// <summary>Records where a lane stands, if it is traced and the interval is over, or a driven pool jumps: from both sides then.</summary>
    public void Record(CompartmentLane lane)
    {
        if (lane.Simulation!.Trace is not { } trace)
        {
            return;
        }

        bool jumps = Jumps(lane);
        if (!jumps && lane.Time < lane.Traced + trace.Interval)
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

        if (jumps)
        {
            foreach (var (protocol, column) in _driven)
            {
                _row[column] = Left(protocol, lane);
            }

            trace.Record(Math.BitDecrement(lane.Time), _row);
            foreach (var (_, column) in _driven)
            {
                _row[column] = lane.After[_variables[column]];
            }
        }

        trace.Record(lane.Time, _row);
        lane.Traced = lane.Time;
    }

    // What a protocol comes from as a step ends.
    private static double Left(Protocol protocol, CompartmentLane lane) =>
        protocol.At(lane.Simulation!.Parameters, lane.Time, Math.BitDecrement(lane.Time));

    private bool Jumps(CompartmentLane lane)
    {
        foreach (var (protocol, column) in _driven)
        {
            if (lane.Time > 0 && Left(protocol, lane) != lane.After[_variables[column]])
            {
                return true;
            }
        }

        return false;
    }
}
