using System.Globalization;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Solver.Geometry;

/// <summary>
/// A cell outline drawn by hand or taken from an image: plain text (a line a row, <c>.</c>, <c>0</c> or a blank outside,
/// anything else inside; blank lines between the slices of a box) or PGM (P2 or P5; inside from half of the maximum on).
/// </summary>
/// <param name="Width">Picture elements along x.</param>
/// <param name="Height">Picture elements along y.</param>
/// <param name="Slices">Pictures along z.</param>
/// <param name="Inside">Which are inside, x fastest [elements].</param>
internal sealed record MaskFile(int Width, int Height, int Slices, bool[] Inside)
{
    /// <summary>Reads a mask file.</summary>
    /// <exception cref="CompositionException">It is not there, or not a mask.</exception>
    public static MaskFile Read(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CompositionException($"mask '{path}' cannot be read: {failure.Message}");
        }

        return Parse(bytes, path);
    }

    /// <summary>Parses the bytes of a mask file.</summary>
    /// <exception cref="CompositionException">They are not a mask.</exception>
    public static MaskFile Parse(byte[] bytes, string path)
    {
        bool isPgm = bytes.Length > 2 && bytes[0] == 'P' && bytes[1] is (byte)'2' or (byte)'5';
        return isPgm ? Pgm(bytes, path) : Text(System.Text.Encoding.UTF8.GetString(bytes), path);
    }

    /// <summary>The mask over a mesh: each cell takes the picture element at its centre.</summary>
    public bool[] Over(int nx, int ny, int nz)
    {
        var inside = new bool[nx * ny * nz];
        for (int z = 0, i = 0; z < nz; z++)
        {
            for (int y = 0; y < ny; y++)
            {
                for (int x = 0; x < nx; x++, i++)
                {
                    int u = Element(x, nx, Width), v = Element(y, ny, Height), w = Element(z, nz, Slices);
                    inside[i] = Inside[(((w * Height) + v) * Width) + u];
                }
            }
        }

        return inside;
    }

    private static int Element(int cell, int cells, int elements) =>
        Math.Min(elements - 1, (int)(((2L * cell) + 1) * elements / (2L * cells)));

    private static MaskFile Text(string text, string path)
    {
        List<List<string>> slices = [[]];
        foreach (string line in text.Split('\n').Select(l => l.TrimEnd('\r')))
        {
            if (line.Length > 0)
            {
                slices[^1].Add(line);
            }
            else if (slices[^1].Count > 0)
            {
                slices.Add([]);
            }
        }

        slices.RemoveAll(s => s.Count == 0);
        if (slices.Count == 0)
        {
            throw new CompositionException($"mask '{path}' is empty");
        }

        int width = slices[0][0].Length, height = slices[0].Count;
        if (slices.Exists(s => s.Count != height || s.Exists(l => l.Length != width)))
        {
            throw new CompositionException($"mask '{path}': all lines must have {width} characters and all slices {height} lines");
        }

        return new(width, height, slices.Count, [.. slices.SelectMany(s => s.SelectMany(l => l.Select(c => c is not ('.' or '0' or ' '))))]);
    }

    private static MaskFile Pgm(byte[] bytes, string path)
    {
        int at = 2, width = Number(bytes, ref at, path), height = Number(bytes, ref at, path), most = Number(bytes, ref at, path);
        var inside = new bool[width * height];
        int size = most > 255 ? 2 : 1;
        at++; // the one blank between header and raster
        for (int i = 0; i < inside.Length; i++)
        {
            int value;
            if (bytes[1] == '2')
            {
                value = Number(bytes, ref at, path);
            }
            else if (at + size > bytes.Length)
            {
                throw new CompositionException($"mask '{path}' ends before its {width}×{height} raster does");
            }
            else
            {
                value = size == 2 ? (bytes[at] << 8) | bytes[at + 1] : bytes[at];
                at += size;
            }

            inside[i] = 2 * value >= most;
        }

        return new(width, height, 1, inside);
    }

    private static int Number(byte[] bytes, ref int at, string path)
    {
        while (at < bytes.Length && (bytes[at] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'#'))
        {
            bool isComment = bytes[at] == '#';
            at++;
            while (isComment && at < bytes.Length && bytes[at] != '\n')
            {
                at++;
            }
        }

        int from = at;
        while (at < bytes.Length && bytes[at] is >= (byte)'0' and <= (byte)'9')
        {
            at++;
        }

        return int.TryParse(bytes.AsSpan(from, at - from), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number < 65536
            ? number
            : throw new CompositionException($"mask '{path}' is not a PGM picture: a number is missing at byte {from}");
    }
}
