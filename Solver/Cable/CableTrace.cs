using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Solver.Cable;

/// <summary>Writes a lane's trajectory where one is asked for.</summary>
internal static class CableTrace
{
    /// <summary>Free calcium of every cell, then open channels of every site, if the trace's interval has passed.</summary>
    public static void Write(ICableView view, int cells, CableLane lane, CableParameters p)
    {
        if (lane.Simulation!.Trace is not { } trace || lane.Time < lane.Traced + trace.Interval)
        {
            return;
        }

        if (double.IsNegativeInfinity(lane.Traced))
        {
            trace.Begin(Columns(view, cells, lane[p.Spacing]));
        }

        var row = new double[cells + view.Sites];
        for (int i = 0; i < row.Length; i++)
        {
            row[i] = i < cells ? view.CellCalcium(i, lane.Index) : view.Open(i - cells, lane.Index);
        }

        trace.Record(lane.Time, row);
        lane.Traced = lane.Time;
    }

    // A method of its own: the closures of its lambdas would else be allocated at every step.
    private static TraceColumn[] Columns(ICableView view, int cells, double d) =>
    [
        .. Enumerable.Range(0, cells).Select(i => new TraceColumn("cytosol", "µM", (i + 0.5) * d / view.CellsPerSite)),
        .. Enumerable.Range(0, view.Sites).Select(k => new TraceColumn("open", "1", (k + 0.5) * d)),
    ];
}
