using CalciumSweep.Solver.Engine;
using ScottPlot;

namespace CalciumSweep.Coordinator.Export;

/// <summary>A trajectory as a picture: a kymograph if a quantity is recorded along the cable, else lines over time.</summary>
public static class TraceFigure
{
    private const string FontName = "DejaVu Sans";
    private const int Width = 1100, Height = 800;

    /// <summary>Writes a PNG.</summary>
    public static void Save(Trajectory trajectory, string title, string file)
    {
        Fonts.AddFontFile(FontName, Path.Combine(AppContext.BaseDirectory, "Export", "Fonts", "DejaVuSans.ttf"), bold: false, italic: false);
        using var plot = new Plot();
        if (trajectory.Rows.Count > 0 && Along(trajectory) is { Length: > 1 } along)
        {
            AddKymograph(plot, trajectory, along);
        }
        else
        {
            AddLines(plot, trajectory);
        }

        plot.Title(title, 18);
        plot.Font.Set(FontName);
        plot.Axes.Title.Label.Bold = false;
        (plot.Axes.Bottom.Label.Bold, plot.Axes.Left.Label.Bold) = (false, false);
        plot.SavePng(file, Width, Height);
    }

    // Columns of the first quantity that has places, by place.
    private static int[] Along(Trajectory trajectory)
    {
        IReadOnlyList<TraceColumn> columns = trajectory.Columns;
        string? name = columns.FirstOrDefault(c => c.Position is not null)?.Name;
        return [.. Enumerable.Range(0, columns.Count)
            .Where(i => columns[i].Name == name && columns[i].Position is not null).OrderBy(i => columns[i].Position)];
    }

    private static void AddKymograph(Plot plot, Trajectory trajectory, int[] along)
    {
        // Cells are of equal width in time, whatever steps were recorded: the last row at or before a cell's time fills it.
        int columns = Math.Min(trajectory.Rows.Count, Width);
        double from = trajectory.Rows[0].Time, to = Math.Max(trajectory.Rows[^1].Time, from + double.Epsilon);
        var values = new double[along.Length, columns];
        int row = 0;
        for (int column = 0; column < columns; column++)
        {
            double time = from + ((to - from) * column / Math.Max(1, columns - 1));
            while (row + 1 < trajectory.Rows.Count && trajectory.Rows[row + 1].Time <= time)
            {
                row++;
            }

            for (int k = 0; k < along.Length; k++)
            {
                values[along.Length - 1 - k, column] = trajectory.Rows[row].Values[along[k]];
            }
        }

        TraceColumn first = trajectory.Columns[along[0]], last = trajectory.Columns[along[^1]];
        var map = plot.Add.Heatmap(values);
        map.Extent = new CoordinateRect(from, to, first.Position!.Value, last.Position!.Value);
        map.Colormap = new ScottPlot.Colormaps.Viridis();
        var bar = plot.Add.ColorBar(map);
        bar.Label = $"{first.Name} [{first.Unit}]";
        bar.LabelStyle.FontName = FontName;
        bar.Axis.TickLabelStyle.FontName = FontName;
        plot.XLabel("time [s]", 16);
        plot.YLabel("position [µm]", 16);
        plot.HideGrid();
        plot.Axes.SetLimits(from, to, first.Position.Value, last.Position.Value);
    }

    private static void AddLines(Plot plot, Trajectory trajectory)
    {
        double[] times = [.. trajectory.Rows.Select(r => r.Time)];
        for (int i = 0; i < trajectory.Columns.Count; i++)
        {
            int column = i;
            var line = plot.Add.ScatterLine(times, [.. trajectory.Rows.Select(r => r.Values[column])]);
            line.LegendText = $"{trajectory.Columns[i].Name} [{trajectory.Columns[i].Unit}]";
        }

        plot.ShowLegend(Edge.Bottom);
        plot.XLabel("time [s]", 16);
    }
}
