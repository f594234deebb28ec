using CalciumSweep.Solver.Engine;
using ScottPlot;
using SkiaSharp;

namespace CalciumSweep.Coordinator.Export;

/// <summary>A trajectory as a picture: the field at the end if there is one, a kymograph if a quantity is recorded along the cable, else lines over time, a panel for each unit and size.</summary>
public static class TraceFigure
{
    private const string FontName = "DejaVu Sans";
    private const int Width = 900, Height = 600, PanelHeight = 135, MostColumns = 300, Levels = 48;

    // A place whose rise is less than this share of the highest is quiet.
    private const double Quiet = 0.02;

    // A panel whose largest quantity is this much larger than the next hides it.
    private const double Flattened = 1.8;

    /// <summary>Writes a PNG.</summary>
    public static void Save(Trajectory trajectory, string title, string file)
    {
        Fonts.AddFontFile(FontName, Path.Combine(AppContext.BaseDirectory, "Export", "Fonts", "DejaVuSans.ttf"), bold: false, italic: false);
        if (trajectory.AtTheEnd is { } picture)
        {
            using var field = new Plot();
            AddField(field, picture);
            field.Title(title, 18);
            Style(field);
            field.SavePng(file, Height + 80, Height);
            Shrink(file);
            return;
        }

        if (trajectory.Rows.Count == 0 || Along(trajectory) is not { Length: > 1 } along)
        {
            SavePanels(trajectory, title, file);
            return;
        }

        using var plot = new Plot();
        AddKymograph(plot, trajectory, Busy(trajectory, along));
        plot.Title(title, 18);
        Style(plot);
        plot.SavePng(file, Width, Height);
        Shrink(file);
    }

    // Columns of the first quantity that has places, by place.
    private static int[] Along(Trajectory trajectory)
    {
        IReadOnlyList<TraceColumn> columns = trajectory.Columns;
        string? name = columns.FirstOrDefault(c => c.Position is not null)?.Name;
        return [.. Enumerable.Range(0, columns.Count)
            .Where(i => columns[i].Name == name && columns[i].Position is not null).OrderBy(i => columns[i].Position)];
    }

    // The places where something happens and a margin of half as many on either side: a spark is not seen in a line of 40 µm.
    private static int[] Busy(Trajectory trajectory, int[] along)
    {
        double[] rise = [.. along.Select(c => trajectory.Rows.Max(r => r.Values[c]) - trajectory.Rows[0].Values[c])];
        double some = Quiet * rise.Max();
        int first = Array.FindIndex(rise, x => x > some), last = Array.FindLastIndex(rise, x => x > some), margin = (last - first + 2) / 2;
        return first < 0 ? along : along[Math.Max(0, first - margin)..Math.Min(along.Length, last + margin + 1)];
    }

    // Steps of colour that no eye tells apart keep the file small.
    private static void Round(double[,] values)
    {
        double low = values.Cast<double>().Min(), step = (values.Cast<double>().Max() - low) / Levels;
        for (int i = 0; i < values.GetLength(0) && step > 0; i++)
        {
            for (int k = 0; k < values.GetLength(1); k++)
            {
                values[i, k] = low + (step * Math.Round((values[i, k] - low) / step));
            }
        }
    }

    private static void AddKymograph(Plot plot, Trajectory trajectory, int[] along)
    {
        // Cells are of equal width in time, whatever steps were recorded: the last row at or before a cell's time fills it.
        int columns = Math.Min(trajectory.Rows.Count, MostColumns);
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

        Round(values);
        TraceColumn first = trajectory.Columns[along[0]], last = trajectory.Columns[along[^1]];
        AddMap(plot, values, new CoordinateRect(from, to, first.Position!.Value, last.Position!.Value), first.Name, first.Unit);
        plot.XLabel("time [s]", 16);
        plot.YLabel("position [µm]", 16);
    }

    private static void AddField(Plot plot, TracePicture picture)
    {
        int rows = picture.Values.GetLength(0);
        var values = new double[rows, picture.Values.GetLength(1)];
        for (int y = 0; y < rows; y++)
        {
            for (int x = 0; x < values.GetLength(1); x++)
            {
                values[rows - 1 - y, x] = picture.Values[y, x];
            }
        }

        Round(values);
        double dx = picture.Length / values.GetLength(1), dy = picture.Width / rows;
        AddMap(plot, values, new CoordinateRect(dx / 2, picture.Length - (dx / 2), dy / 2, picture.Width - (dy / 2)), picture.Name, picture.Unit);
        plot.Axes.SetLimits(0, picture.Length, 0, picture.Width);
        plot.XLabel("x [µm]", 16);
        plot.YLabel("y [µm]", 16);
    }

    // Of the outermost cells the centres.
    private static void AddMap(Plot plot, double[,] values, CoordinateRect centres, string name, string unit)
    {
        var map = plot.Add.Heatmap(values);
        map.Extent = centres;
        map.Colormap = new ScottPlot.Colormaps.Viridis();
        var bar = plot.Add.ColorBar(map);
        bar.Label = $"{name} [{unit}]";
        (bar.LabelStyle.FontName, bar.LabelStyle.Bold) = (FontName, false);
        bar.Axis.TickLabelStyle.FontName = FontName;
        plot.HideGrid();
        plot.Axes.SetLimits(centres.Left, centres.Right, centres.Bottom, centres.Top);
    }

    // One panel below the other, a shared time axis: a quantity is seen only beside others of its unit and size.
    private static void SavePanels(Trajectory trajectory, string title, string file)
    {
        double[] times = [.. trajectory.Rows.Select(r => r.Time)];
        List<int[]> panels = Panels(trajectory);
        var all = new Multiplot();
        all.RemovePlot(all.GetPlot(0));
        all.AddPlots(panels.Count);
        for (int i = 0; i < panels.Count; i++)
        {
            Plot plot = all.GetPlot(i);
            foreach (int column in panels[i])
            {
                var line = plot.Add.ScatterLine(times, [.. trajectory.Rows.Select(r => r.Values[column])]);
                (line.LegendText, line.LineWidth) = (trajectory.Columns[column].Name, 2);
            }

            string unit = trajectory.Columns[panels[i][0]].Unit, names = string.Join(", ", panels[i].Select(c => trajectory.Columns[c].Name));
            plot.YLabel(panels[i].Length == 1 ? $"{names} [{unit}]" : $"[{unit}]", 15);
            _ = panels[i].Length > 1 ? plot.ShowLegend(Alignment.UpperRight) : plot.HideLegend();

            plot.Axes.SetLimitsX(times[0], times[^1]);
            if (i == 0)
            {
                plot.Title(title, 18);
            }

            if (i == panels.Count - 1)
            {
                plot.XLabel("time [s]", 16);
            }
            else
            {
                plot.Axes.Bottom.TickLabelStyle.IsVisible = false;
            }

            plot.Axes.Left.MinimumSize = plot.Axes.Left.MaximumSize = 80;
            plot.Axes.Right.MinimumSize = 25;
            Style(plot);
        }

        all.SavePng(file, Width, 100 + (PanelHeight * panels.Count));
        Shrink(file);
    }

    // Without transparency, unfiltered and packed hard: flat colours and lines take half of the place.
    private static void Shrink(string file)
    {
        using var full = SKBitmap.Decode(file);
        using var opaque = new SKBitmap(new SKImageInfo(full.Width, full.Height, SKColorType.Rgb888x, SKAlphaType.Opaque));
        using (var canvas = new SKCanvas(opaque))
        {
            canvas.DrawBitmap(full, 0, 0);
        }

        using var pixels = opaque.PeekPixels();
        using FileStream output = File.Create(file);
        pixels.Encode(output, new SKPngEncoderOptions(SKPngEncoderFilterFlags.NoFilters, 9));
    }

    // Columns that move after the start, by unit, and apart where one would flatten the other.
    private static List<int[]> Panels(Trajectory trajectory)
    {
        (double Low, double High) Range(int column) =>
            (trajectory.Rows.Skip(1).Min(r => r.Values[column]), trajectory.Rows.Skip(1).Max(r => r.Values[column]));
        var columns = Enumerable.Range(0, trajectory.Columns.Count).Select(c => (Column: c, Range: Range(c))).ToList();
        var moving = columns.Where(c => c.Range.High - c.Range.Low > 1e-9 * Math.Max(Math.Abs(c.Range.High), Math.Abs(c.Range.Low))).ToList();
        var panels = new List<int[]>();
        foreach (var unit in (moving.Count > 0 ? moving : columns).GroupBy(c => trajectory.Columns[c.Column].Unit, StringComparer.Ordinal))
        {
            var size = unit.OrderBy(c => Size(c.Range)).ToList();
            var panel = new List<int> { size[0].Column };
            foreach (var (before, next) in size.Zip(size.Skip(1)))
            {
                if (Size(next.Range) > Flattened * Size(before.Range))
                {
                    panels.Add([.. panel.Order()]);
                    panel.Clear();
                }

                panel.Add(next.Column);
            }

            panels.Add([.. panel.Order()]);
        }

        return [.. panels.OrderBy(p => p[0])];
    }

    private static double Size((double Low, double High) range) => Math.Max(Math.Abs(range.Low), Math.Abs(range.High));

    private static void Style(Plot plot)
    {
        plot.Font.Set(FontName);
        plot.Axes.Title.Label.Bold = false;
        (plot.Axes.Bottom.Label.Bold, plot.Axes.Left.Label.Bold) = (false, false);
    }
}
