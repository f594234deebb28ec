using System.Globalization;
using System.Text;
using ScottPlot;

namespace CalciumSweep.Coordinator.Export;

/// <summary>A map of a campaign as a picture: a share over two axes, its p = 0.5 boundary as a line; or the mean of an observable.</summary>
public static class PhaseFigure
{
    private const string FontName = "DejaVu Sans";
    private const int Width = 1100, Height = 800;

    /// <summary>Writes the figure; the file name's ending decides between PNG and SVG.</summary>
    /// <param name="grid">The map.</param>
    /// <param name="title">Scenario, campaign and number of replicates.</param>
    /// <param name="file">Ends in <c>.png</c> or <c>.svg</c>.</param>
    public static void Save(PhaseGrid grid, string title, string file) =>
        File.WriteAllBytes(file, Draw(grid, title, file.EndsWith(".svg", StringComparison.OrdinalIgnoreCase)));

    /// <summary>Draws the figure.</summary>
    /// <param name="grid">The map.</param>
    /// <param name="title">Scenario, campaign and number of replicates.</param>
    /// <param name="isSvg">True for SVG, false for PNG.</param>
    public static byte[] Draw(PhaseGrid grid, string title, bool isSvg)
    {
        // Without a font all text vanishes silently, so the program brings its own.
        Fonts.AddFontFile(FontName, Path.Combine(AppContext.BaseDirectory, "Export", "Fonts", "DejaVuSans.ttf"), bold: false, italic: false);
        using var plot = new Plot();
        AddMap(plot, grid);
        AddMarks(plot, grid);
        AddAxes(plot, grid);
        plot.Title(title + string.Concat(grid.Held.Select(h => $", {h.Axis.Parameter} = {h.Value:G4} {h.Axis.Unit}")), 18);
        plot.Font.Set(FontName);
        plot.Axes.Title.Label.Bold = false;
        return isSvg
            ? Encoding.UTF8.GetBytes(plot.GetSvgXml(Width, Height)) : plot.GetImageBytes(Width, Height, ImageFormat.Png);
    }

    private static void AddMap(Plot plot, PhaseGrid grid)
    {
        int rows = grid.Values.GetLength(0), columns = grid.Values.GetLength(1);
        var upward = new double[rows, columns];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                upward[rows - 1 - row, column] = grid.Values[row, column];
            }
        }

        var map = plot.Add.Heatmap(upward);
        map.Colormap = new ScottPlot.Colormaps.Viridis();
        (double low, double high) = grid.IsShare ? (0, 1) : grid.Range;
        high = high > low ? high : low + 1;
        map.ManualRange = new ScottPlot.Range(low, high);
        map.NaNCellColor = Colors.LightGray;
        var bar = plot.Add.ColorBar(map);
        bar.Label = grid.Label;
        bar.LabelStyle.FontSize = 16;

        // Bold would be another font, which the program does not bring: on a machine without it the label vanishes.
        (bar.LabelStyle.FontName, bar.LabelStyle.Bold) = (FontName, false);
        bar.Axis.TickLabelStyle.FontName = FontName;
        bar.Axis.TickLabelStyle.FontSize = 14;
        double[] ticks = [.. Enumerable.Range(0, 5).Select(i => low + ((high - low) * i / 4))];
        bar.Axis.TickGenerator = new ScottPlot.TickGenerators.NumericManual(ticks, [.. ticks.Select(tick => tick.ToString("G3", CultureInfo.InvariantCulture))]);
    }

    private static void AddMarks(Plot plot, PhaseGrid grid)
    {
        string? legend = "p = 0.5";
        foreach (var (from, to) in grid.IsShare ? Contour.Segments(grid.Values, 0.5) : [])
        {
            var line = plot.Add.Line(from.X, from.Y, to.X, to.Y);
            (line.LineColor, line.LineWidth, line.LegendText) = (Colors.Red, 2.5f, legend ?? "");
            legend = null;
        }

        var undecided = new List<Coordinates>();
        for (int row = 0; row < grid.Undecided.GetLength(0); row++)
        {
            for (int column = 0; column < grid.Undecided.GetLength(1); column++)
            {
                if (grid.Undecided[row, column] >= 0.1)
                {
                    undecided.Add(new(column, row));
                }
            }
        }

        if (undecided.Count > 0)
        {
            var marks = plot.Add.Markers(undecided, MarkerShape.Eks, 7, Colors.White);
            marks.LegendText = "undecided ≥ 10 %";
        }

        bool isPartly = grid.Values.Cast<double>().Any(double.IsNaN);
        if (isPartly)
        {
            plot.Legend.ManualItems.Add(new LegendItem { LabelText = grid.IsShare ? "not yet simulated" : "not yet, or no value", FillColor = Colors.LightGray });
        }

        // A legend with nothing in it leaves the whole picture white.
        if (legend is null || undecided.Count > 0 || isPartly)
        {
            plot.ShowLegend(Edge.Bottom);
            plot.Legend.FontSize = 14;
        }
    }

    private static void AddAxes(Plot plot, PhaseGrid grid)
    {
        plot.XLabel(Name(grid.X), 16);
        plot.YLabel(Name(grid.Y), 16);
        (plot.Axes.Bottom.Label.Bold, plot.Axes.Left.Label.Bold) = (false, false);
        plot.Axes.Bottom.TickGenerator = Ticks(grid.X);
        plot.Axes.Left.TickGenerator = Ticks(grid.Y);
        (plot.Axes.Bottom.TickLabelStyle.FontSize, plot.Axes.Left.TickLabelStyle.FontSize) = (14, 14);
        plot.HideGrid();
        plot.Axes.SetLimits(-0.5, grid.X.Values.Count - 0.5, -0.5, grid.Y.Values.Count - 0.5);
    }

    private static string Name(Shared.Spec.Axis axis) => axis.Unit == "1" ? axis.Parameter : $"{axis.Parameter} [{axis.Unit}]";

    private static ScottPlot.TickGenerators.NumericManual Ticks(Shared.Spec.Axis axis)
    {
        var ticks = AxisTicks.Of(axis);
        return new([.. ticks.Select(t => t.Position)], [.. ticks.Select(t => t.Label)]);
    }
}
