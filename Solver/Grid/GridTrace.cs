using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Geometry;

namespace CalciumSweep.Solver.Grid;

/// <summary>Writes the trajectory: a state along the middle row, and how many channels are open in all.</summary>
/// <param name="trace">Where to, or null.</param>
/// <param name="mesh">The mesh.</param>
/// <param name="state">The state that is shown.</param>
internal sealed unsafe class GridTrace(ITrace? trace, Mesh mesh, int state)
{
    private double _last = double.NegativeInfinity;

    /// <summary>A row, if one is due.</summary>
    public void Record(double time, PlaneSet set, SiteSources? sources = null)
    {
        if (trace is null || time < _last + trace.Interval)
        {
            return;
        }

        int columns = mesh.Nx + (sources is null ? 0 : 1);
        if (double.IsNegativeInfinity(_last))
        {
            var names = Enumerable.Range(0, mesh.Nx).Select(i => new TraceColumn("cytosol", "µM", (i + 0.5) * mesh.Dx)).ToList();
            if (sources is not null)
            {
                names.Add(new TraceColumn("open", "1"));
            }

            trace.Begin(names);
        }

        double[] values = new double[columns];
        new ReadOnlySpan<double>(set.State[state] + set.Row((mesh.Nz / 2 * mesh.Ny) + (mesh.Ny / 2)), mesh.Nx).CopyTo(values);
        if (sources is not null)
        {
            values[^1] = sources.Open;
        }

        trace.Record(time, values);
        _last = time;
    }
}
