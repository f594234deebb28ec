using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Coordinator.Diagrams;

/// <summary>Four cells become one: of numbers the mean of those that are known, of outcomes the most frequent, failures first.</summary>
internal static class DiagramPyramid
{
    /// <summary>Half as wide and high, rounded up.</summary>
    /// <param name="cells">Bytes [height × width].</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="isClass">True if a byte is a class.</param>
    public static (byte[] Cells, int Width, int Height) Halve(byte[] cells, int width, int height, bool isClass)
    {
        int w = (width + 1) / 2, h = (height + 1) / 2;
        var half = new byte[w * h];
        Span<byte> four = stackalloc byte[4];
        for (int y = 0; y < h; y++)
        {
            for (int x = 0; x < w; x++)
            {
                int n = 0;
                for (int k = 0; k < 4; k++)
                {
                    int column = (2 * x) + (k & 1), row = (2 * y) + (k >> 1);
                    if (column < width && row < height && cells[(row * width) + column] is var cell && cell != 0)
                    {
                        four[n++] = cell;
                    }
                }

                half[(y * w) + x] = n == 0 ? (byte)0 : isClass ? MostFrequent(four[..n]) : Mean(four[..n]);
            }
        }

        return (half, w, h);
    }

    private static byte Mean(ReadOnlySpan<byte> cells)
    {
        int sum = 0;
        foreach (byte cell in cells)
        {
            sum += cell;
        }

        return (byte)((sum + (cells.Length / 2)) / cells.Length);
    }

    private static byte MostFrequent(ReadOnlySpan<byte> cells)
    {
        (byte best, int most) = (0, 0);
        foreach (byte cell in cells)
        {
            if (cell == (byte)Outcome.Failed)
            {
                return cell;
            }

            int count = cells.Count(cell);
            if (count > most || (count == most && cell > best))
            {
                (best, most) = (cell, count);
            }
        }

        return best;
    }
}
