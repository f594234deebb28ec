using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Solver.Compartment;

/// <summary>Writes trajectories: free concentration of every pool, then bound calcium of kinetic buffers.</summary>
internal sealed class CellTrace
{
    private readonly TraceColumn[] _columns;
    private readonly double[] _row;
    private readonly int _pools, _bound;

    /// <summary>The trace of a model.</summary>
    public CellTrace(CompartmentModel model)
    {
        _columns =
        [
            .. model.Medium.Pools.Select(p => new TraceColumn(p.Name, p.Unit)),
            .. model.Kinetic.Select(b => new TraceColumn(b.Name, "µM")),
        ];
        _row = new double[_columns.Length];
        (_pools, _bound) = (model.Medium.Pools.Count, model.Medium.Pools.Count + model.Medium.Gates.Count);
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

        for (int i = 0; i < _row.Length; i++)
        {
            _row[i] = lane.After[i < _pools ? i : _bound + i - _pools];
        }

        trace.Record(lane.Time, _row);
        lane.Traced = lane.Time;
    }
}
