namespace CalciumSweep.Coordinator.Export;

/// <summary>Where a grid crosses a level: marching squares with linear interpolation along the cell's sides.</summary>
public static class Contour
{
    /// <summary>Segments of the contour, in grid indices (x = column, y = row). A cell with an unknown corner gives none.</summary>
    /// <param name="values">Values [rows, columns], NaN = unknown.</param>
    /// <param name="level">The level; a corner equal to it counts as above.</param>
    public static IReadOnlyList<((double X, double Y) From, (double X, double Y) To)> Segments(double[,] values, double level)
    {
        var segments = new List<((double, double), (double, double))>();
        for (int y = 0; y + 1 < values.GetLength(0); y++)
        {
            for (int x = 0; x + 1 < values.GetLength(1); x++)
            {
                AddCell(segments, values, x, y, level);
            }
        }

        return segments;
    }

    private static void AddCell(
        List<((double, double), (double, double))> segments, double[,] values, int x, int y, double level)
    {
        // Corners and the sides that follow them, counter-clockwise.
        Span<double> corner = [values[y, x], values[y, x + 1], values[y + 1, x + 1], values[y + 1, x]];
        ReadOnlySpan<(int X, int Y)> place = [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)];
        Span<(double X, double Y)> crossing = stackalloc (double X, double Y)[4];
        int n = 0;
        foreach (double value in corner)
        {
            if (double.IsNaN(value))
            {
                return;
            }
        }

        for (int i = 0; i < 4; i++)
        {
            int j = (i + 1) % 4;
            if (corner[i] >= level == corner[j] >= level)
            {
                continue;
            }

            double t = (level - corner[i]) / (corner[j] - corner[i]);
            crossing[n++] = (place[i].X + (t * (place[j].X - place[i].X)), place[i].Y + (t * (place[j].Y - place[i].Y)));
        }

        if (n == 2)
        {
            segments.Add((crossing[0], crossing[1]));
        }
        else if (n == 4)
        {
            // A saddle: the mean of the corners decides which corners are joined across the middle.
            bool joined = (corner[0] + corner[1] + corner[2] + corner[3]) / 4 >= level == corner[0] >= level;
            segments.Add(joined ? (crossing[0], crossing[1]) : (crossing[3], crossing[0]));
            segments.Add(joined ? (crossing[2], crossing[3]) : (crossing[1], crossing[2]));
        }
    }
}
