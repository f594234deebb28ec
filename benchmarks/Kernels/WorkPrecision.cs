using System.Globalization;
using System.Text.Json;
using ScottPlot;

namespace CalciumSweep.Kernels;

/// <summary>Error of the wave speed of W1D against processor time a simulation, for the engines that a benchmark run measured.</summary>
internal static class WorkPrecision
{
    private const string FontName = "DejaVu Sans";
    private const int Width = 1100, Height = 750;

    // What a line of a run calls itself, and what it is.
    private static readonly (string Name, string Title, Color Color, MarkerShape Marker)[] _engines =
    [
        ("C#, work-precision", "CalciumSweep (this solver)", Colors.Crimson, MarkerShape.FilledCircle),
        ("C++, work-precision", "the same algorithm in C++", Colors.DarkOrange, MarkerShape.OpenCircle),
        ("CVODE", "CVODE, banded analytic Jacobian", Colors.Navy, MarkerShape.FilledSquare),
        ("scipy LSODA", "LSODA (scipy), banded", Colors.SeaGreen, MarkerShape.FilledTriangleUp),
        ("NEURON rxd", "NEURON rxd", Colors.Gray, MarkerShape.FilledDiamond),
    ];

    /// <summary>Tolerances of the curve, as multiples of the usual one.</summary>
    public static IReadOnlyList<double> Tolerances { get; } = [8, 4, 2, 1, 1.0 / 2, 1.0 / 4, 1.0 / 16, 1.0 / 64, 1.0 / 256];

    /// <summary>Draws the JSON lines of a run into a PNG.</summary>
    public static void Draw(IEnumerable<string> lines, string file)
    {
        var points = new Dictionary<string, List<(double Time, double Error)>>(StringComparer.Ordinal);
        foreach (JsonElement line in lines.Select(l => JsonDocument.Parse(l).RootElement))
        {
            if (Number(line, "milliseconds") is { } time && Number(line, "speedError") is { } error and not 0)
            {
                string name = line.GetProperty("name").GetString()!;
                points.TryAdd(name, []);
                points[name].Add((time, Math.Abs(error)));
            }
        }

        Fonts.AddFontFile(FontName, Path.Combine(AppContext.BaseDirectory, "Fonts", "DejaVuSans.ttf"), bold: false, italic: false);
        using var plot = new Plot();
        foreach (var (name, title, color, marker) in _engines.Where(e => points.ContainsKey(e.Name)))
        {
            Coordinates[] own = [.. Front(points[name]).Select(p => new Coordinates(Math.Log10(p.Time), Math.Log10(p.Error)))];
            var line = plot.Add.Scatter(own, color);
            (line.LegendText, line.MarkerShape, line.MarkerSize, line.LineWidth) = (title, marker, 10, 2);
        }

        var bar = plot.Add.HorizontalLine(-3, 1, Colors.Black, LinePattern.Dashed);
        bar.LegendText = "equal accuracy: 10⁻³";
        plot.XLabel("processor time a simulation, one core [ms]", 16);
        plot.YLabel("error of the wave speed (relative)", 16);
        plot.Title("W1D: work and precision", 18);
        Axis(plot.Axes.Bottom);
        Axis(plot.Axes.Left);
        plot.ShowLegend(Alignment.UpperRight);
        plot.Font.Set(FontName);
        plot.Axes.Title.Label.Bold = false;
        (plot.Axes.Bottom.Label.Bold, plot.Axes.Left.Label.Bold) = (false, false);
        plot.SavePng(file, Width, Height);
    }

    /// <summary>Settings by time that no other setting beats in both: a solver's error is not monotonous in its tolerances.</summary>
    private static IEnumerable<(double Time, double Error)> Front(List<(double Time, double Error)> all)
    {
        double best = double.PositiveInfinity;
        foreach (var point in all.OrderBy(p => p.Time).ThenBy(p => p.Error))
        {
            if (point.Error < best)
            {
                best = point.Error;
                yield return point;
            }
        }
    }

    private static void Axis(IAxis axis) => axis.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic
    {
        IntegerTicksOnly = true,
        LabelFormatter = exponent => exponent is >= 0 and <= 5
            ? Math.Pow(10, exponent).ToString("0", CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"1e{exponent:0}"),
    };

    private static double? Number(JsonElement line, string field) =>
        line.TryGetProperty(field, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
}
