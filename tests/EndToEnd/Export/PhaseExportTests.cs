using CalciumSweep.Coordinator.Export;
using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Solver.Engine;
using SkiaSharp;
using Xunit;

namespace CalciumSweep.EndToEnd.Export;

public sealed class PhaseExportTests
{
    [Fact]
    public void Table_has_the_columns_of_the_contract_in_order()
    {
        using var text = new StringWriter();
        PointTable.Write(text, NewPlan(2, 2), Points(NewPlan(2, 2)).Take(1));

        string[] lines = text.ToString().Split('\n');
        Assert.Equal(
            "x [1],y [1],n,quiescent,wave,p_wave,p_wave_low,p_wave_high,interval,undecided,sum mean [1],sum sd [1]", lines[0]);
        string[] fields = lines[1].Split(',');
        Assert.Equal(["0", "0.25", "8", "8", "0", "0", "0"], fields[..7]);
        Assert.Equal(["wilson", "0", "0.25", "0"], fields[8..]);
    }

    [Fact]
    public void Contour_lies_on_the_diagonal_where_x_equals_y()
    {
        // p is linear in column − row with p = 0.5 where they are equal, so linear interpolation is exact up to rounding.
        var values = new double[6, 6];
        for (int row = 0; row < 6; row++)
        {
            for (int column = 0; column < 6; column++)
            {
                values[row, column] = 0.5 + (0.1 * (column - row - 0.25));
            }
        }

        var segments = Contour.Segments(values, 0.5);
        Assert.NotEmpty(segments);
        Assert.All(segments, s => Assert.Equal(0.25, s.From.X - s.From.Y, 1e-12));
        Assert.All(segments, s => Assert.Equal(0.25, s.To.X - s.To.Y, 1e-12));
    }

    [Fact]
    public void Unknown_cells_have_no_contour() =>
        Assert.Empty(Contour.Segments(new[,] { { 0, 1 }, { 0, double.NaN } }, 0.5));

    [Fact]
    public void Ticks_of_a_log_axis_are_powers_of_two()
    {
        Axis axis = NewPlan(2, 33).Spec.Axes[1];
        Assert.Equal(["0.25", "0.5", "1", "2", "4"], AxisTicks.Of(axis).Select(t => t.Label), StringComparer.Ordinal);
        double[] positions = [.. AxisTicks.Of(axis).Select(t => t.Position)];
        Assert.All(positions.Select((p, i) => p - (8 * i)), off => Assert.Equal(0, off, 1e-9));
    }

    [Fact]
    public void Terminal_diagram_fits_and_shows_both_phases_and_the_boundary()
    {
        Plan plan = NewPlan(200, 65);
        string[] lines = TerminalDiagram.Draw(PhaseGrid.OfWaves(plan, Points(plan)), 100).Split(Environment.NewLine);
        Assert.All(lines, line => Assert.True(line.Length <= 100, line));
        string[] drawing = [.. lines.Where(line => line.Contains('│', StringComparison.Ordinal))];
        Assert.Equal(30, drawing.Length);
        Assert.All("W/·", mark => Assert.Contains(drawing, line => line.Contains(mark, StringComparison.Ordinal)));
    }

    [Fact]
    public void Figure_has_text_where_the_axis_is_named()
    {
        string folder = Directory.CreateTempSubdirectory("figure").FullName;
        try
        {
            string file = Path.Combine(folder, "phase.png");
            Plan plan = NewPlan(65, 33);
            PhaseFigure.Save(PhaseGrid.OfWaves(plan, Points(plan)), "no-op, test-123456, 8 replicates", file);

            using SKBitmap picture = SKBitmap.Decode(file);
            Assert.True(HasInk(picture, 0, picture.Height / 4, 30, picture.Height * 3 / 4), "name of the vertical axis");
            Assert.True(HasInk(picture, picture.Width / 4, picture.Height - 25, picture.Width * 3 / 4, picture.Height));
            Assert.True(HasInk(picture, picture.Width / 4, 0, picture.Width * 3 / 4, 30), "title");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>All cells are equally wide and high, the outer ones too, and a map without boundary and gaps has no legend to draw.</summary>
    [Fact]
    public void Figure_of_an_observable_has_a_cell_of_its_colour_at_every_tick()
    {
        Plan plan = NewPlan(3, 2);
        PhaseGrid grid = PhaseGrid.Of(plan, Enumerable.Range(0, 6).Select(i => Point(i, i)), point => point.Observables[0].Mean ?? double.NaN) with
        {
            Label = "mean sum",
            IsShare = false,
        };
        Assert.Equal((0, 5), grid.Range);
        using SKBitmap picture = SKBitmap.Decode(PhaseFigure.Draw(grid, "no-op", isSvg: false));
        List<(SKColor Colour, int Length)> across = Cells(picture.Width, x => picture.GetPixel(x, picture.Height / 4));
        List<(SKColor Colour, int Length)> up = Cells(picture.Height, y => picture.GetPixel(picture.Width / 4, y));
        Assert.Equal((3, 2), (across.Count, up.Count));
        Assert.All(across, cell => Assert.InRange(cell.Length, across[0].Length - 2, across[0].Length + 2));
        Assert.All(up, cell => Assert.InRange(cell.Length, up[0].Length - 2, up[0].Length + 2));
        Assert.Equal(6, across.Concat(Cells(picture.Width, x => picture.GetPixel(x, picture.Height * 3 / 4))).Select(cell => cell.Colour).Distinct().Count());
        Assert.Contains("mean sum: 0 from 0 in tenths of the range to 9 at 5", TerminalDiagram.Draw(grid, 80), StringComparison.Ordinal);
    }

    private static List<(SKColor Colour, int Length)> Cells(int pixels, Func<int, SKColor> at)
    {
        var runs = new List<(SKColor Colour, int Length)>();
        for (int i = 0; i < pixels; i++)
        {
            SKColor colour = at(i);
            runs = runs is [.., var last] && last.Colour == colour ? [.. runs[..^1], (colour, last.Length + 1)] : [.. runs, (colour, 1)];
        }

        return [.. runs.Where(run => run.Length > 60 && run.Colour != SKColors.White)];
    }

    private static PointSummary Point(long index, double mean) => new(index, new(new long[9]), [ObservableSummary.Of([mean])]);

    private static bool HasInk(SKBitmap picture, int left, int top, int right, int bottom)
    {
        for (int y = top; y < bottom; y++)
        {
            for (int x = left; x < right; x++)
            {
                if (picture.GetPixel(x, y).Red < 128)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static Plan NewPlan(int columns, int rows)
    {
        var model = new NoOpModel(new("no-op", "Nothing.", [], new Dictionary<string, ParameterOverride>(StringComparer.Ordinal), []));
        Axis x = new("x", "1", [.. Enumerable.Range(0, columns).Select(i => 4.0 * i / (columns - 1))], false);
        Axis y = new("y", "1", [.. Enumerable.Range(0, rows).Select(i => 0.25 * Math.Pow(16, (double)i / (rows - 1)))], true);
        var spec = new SweepSpec(
            "test", "no-op", new Dictionary<string, double>(StringComparer.Ordinal), [x, y], 8, 1, ["sum"], Limits.Default, Keep.Simulations);
        return new Plan(spec, model, "", new string('a', 64));
    }

    // P(wave) falls from 1 to 0 around x = y, and a tenth of the points is not there yet in a corner.
    private static IEnumerable<PointSummary> Points(Plan plan)
    {
        for (long i = 0; i < plan.Points; i++)
        {
            double[] p = plan.Parameters(i);
            long waves = (long)Math.Round(8 / (1 + Math.Exp(-6 * (p[0] - p[1] - (p[1] < 0.3 ? 9 : 0)))));
            var counts = new long[9];
            (counts[(int)Outcome.Wave], counts[(int)Outcome.Quiescent]) = (waves, 8 - waves);
            if (p[0] < 3.5 || p[1] < 3.5)
            {
                yield return new(i, new(counts), [ObservableSummary.Of(Enumerable.Repeat(p[0] + p[1], 8))]);
            }
        }
    }
}
