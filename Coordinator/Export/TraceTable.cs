using System.Globalization;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Coordinator.Export;

/// <summary>A trajectory as CSV: time, then one column a quantity and place.</summary>
public static class TraceTable
{
    /// <summary>Writes header and rows; numbers read back to the same bits.</summary>
    public static void Write(TextWriter output, Trajectory trajectory)
    {
        output.Write("time [s]" + string.Concat(trajectory.Columns.Select(column => "," + Name(column))) + "\n");
        foreach ((double time, double[] values) in trajectory.Rows)
        {
            output.Write(Text(time) + string.Concat(values.Select(value => "," + Text(value))) + "\n");
        }
    }

    private static string Name(TraceColumn column) => column.Position is { } place
        ? $"{column.Name} at {Text(place)} µm [{column.Unit}]" : $"{column.Name} [{column.Unit}]";

    private static string Text(double value) => double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : "";
}
