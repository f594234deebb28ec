using System.Globalization;
using System.Text;

namespace CalciumSweep.Coordinator.Export;

/// <summary>A map as characters, at most 100 × 30: a picture even over ssh.</summary>
public static class TerminalDiagram
{
    private const int LargestWidth = 100, LargestHeight = 30;

    /// <summary>Draws the diagram; the p = 0.5 boundary of a share shows as <c>/</c>, the mean of an observable as tenths of its range.</summary>
    /// <param name="grid">The map.</param>
    /// <param name="width">Columns of the terminal.</param>
    public static string Draw(PhaseGrid grid, int width)
    {
        var (low, high) = grid.Range;
        string top = Number(grid.Y.Values[^1]), bottom = Number(grid.Y.Values[0]);
        int margin = Math.Max(top.Length, bottom.Length) + 1;
        int columns = Math.Clamp(Math.Min(width, LargestWidth) - margin - 2, 1, grid.Values.GetLength(1));
        int rows = Math.Min(grid.Values.GetLength(0), LargestHeight);
        var text = new StringBuilder();
        text.AppendLine($"{grid.Y.Parameter} [{grid.Y.Unit}]");
        for (int row = rows - 1; row >= 0; row--)
        {
            string label = row == rows - 1 ? top : row == 0 ? bottom : "";
            text.Append(label.PadLeft(margin)).Append('│');
            for (int column = 0; column < columns; column++)
            {
                text.Append(
                    grid.IsShare ? Character(grid.Values, row, column, rows, columns) : Digit(Sample(grid.Values, row, column, rows, columns), low, high));
            }

            text.AppendLine();
        }

        string left = Number(grid.X.Values[0]), right = Number(grid.X.Values[^1]);
        text.AppendLine(new string(' ', margin) + "└" + new string('─', columns));
        text.AppendLine(new string(' ', margin + 1) + left + right.PadLeft(Math.Max(right.Length + 1, columns - left.Length)));
        text.AppendLine($"{new string(' ', margin + 1)}{grid.X.Parameter} [{grid.X.Unit}]");
        text.AppendLine(grid.IsShare
            ? $"W {grid.Label} ≥ 0.9   w ≥ 0.5   / boundary   a > 0.1   · ≤ 0.1   ? not yet simulated"
            : $"{grid.Label}: 0 from {Number(low)} in tenths of the range to 9 at {Number(high)}   ? no value");
        return text.ToString();
    }

    private static char Digit(double value, double low, double high) =>
        double.IsNaN(value) ? '?' : (char)('0' + (high > low ? Math.Min(9, (int)((value - low) / (high - low) * 10)) : 0));

    private static char Character(double[,] values, int row, int column, int rows, int columns)
    {
        double here = Sample(values, row, column, rows, columns);
        if (double.IsNaN(here))
        {
            return '?';
        }

        // The boundary is drawn on its lower side, next to a neighbour (right or above, left or below) with p >= 0.5.
        ReadOnlySpan<(int Row, int Column)> around = [(row, column + 1), (row, column - 1), (row + 1, column), (row - 1, column)];
        foreach ((int r, int c) in around)
        {
            bool inside = r >= 0 && r < rows && c >= 0 && c < columns;
            if (here < 0.5 && inside && Sample(values, r, c, rows, columns) >= 0.5)
            {
                return '/';
            }
        }

        return here >= 0.9 ? 'W' : here >= 0.5 ? 'w' : here > 0.1 ? 'a' : '·';
    }

    private static double Sample(double[,] values, int row, int column, int rows, int columns) =>
        values[Spread(row, rows, values.GetLength(0)), Spread(column, columns, values.GetLength(1))];

    // The first and the last cell stay the first and the last.
    private static int Spread(int at, int cells, int values) =>
        cells == 1 ? 0 : (int)Math.Round((double)at * (values - 1) / (cells - 1));

    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
