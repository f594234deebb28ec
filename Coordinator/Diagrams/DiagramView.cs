using System.Buffers.Binary;

namespace CalciumSweep.Coordinator.Diagrams;

/// <summary>
/// A diagram as bytes, one a point: 0 = not known yet; of numbers 1…255 from <see cref="Min"/> to <see cref="Max"/>; of
/// outcomes their number. Knows when each cell changed, so that a reader gets what is new to it. Not thread-safe.
/// </summary>
internal sealed class DiagramView
{
    private const int Levels = 254, MostDeltas = 32;

    // A delta is 5 bytes a cell: beyond this share all cells are shorter.
    private const double LargeDelta = 0.15;

    private readonly DiagramValue _value;
    private readonly byte[] _cells;
    private readonly long[] _changed;
    private long _scaled;
    private List<(byte[] Cells, int Width, int Height)> _pyramid = [];
    private long _pyramidVersion = -1;

    // What was answered as of a version: viewers ask for the same within a moment, and it is theirs to read alone.
    private readonly Dictionary<long, byte[]?> _deltas = [];
    private byte[]? _whole;
    private long _answersVersion = -1;

    /// <summary>Everything that is known now.</summary>
    public DiagramView(DiagramSlice slice, DiagramValue value, long version)
    {
        (Slice, _value, Version) = (slice, value, version);
        _cells = new byte[slice.Width * slice.Height];
        _changed = new long[_cells.Length];
        (Min, Max) = value.IsShare ? (0, 1) : (double.NaN, double.NaN);
        Rescale();
        Array.Fill(_changed, version);
    }

    /// <summary>The points that are shown.</summary>
    public DiagramSlice Slice { get; }

    /// <summary>Grows when a byte changes.</summary>
    public long Version { get; private set; }

    /// <summary>What byte 1 means; NaN if nothing is known or bytes are classes.</summary>
    public double Min { get; private set; }

    /// <summary>What byte 255 means.</summary>
    public double Max { get; private set; }

    /// <summary>True if a byte is a class and not a level.</summary>
    public bool IsClass => _value.IsClass;

    /// <summary>The bytes, row by row; a copy that all readers of this version share.</summary>
    public byte[] Whole()
    {
        ForgetOldAnswers();
        return _whole ??= [.. _cells];
    }

    /// <summary>Takes over what changed.</summary>
    /// <param name="points">Points.</param>
    /// <param name="version">Of the board now.</param>
    public void Update(IReadOnlyList<long> points, long version)
    {
        bool isOutside = false, isChanged = false;
        foreach (long point in points)
        {
            int cell = Slice.Cell(point);
            if (cell < 0)
            {
                continue;
            }

            byte level = IsClass ? _value.Class(point) : Level(_value.Of(point), ref isOutside);
            if (level != _cells[cell])
            {
                (_cells[cell], _changed[cell], isChanged) = (level, version, true);
            }
        }

        if (isOutside)
        {
            Rescale();
            _scaled = version;
        }

        if (isChanged || isOutside)
        {
            Version = version;
        }
    }

    /// <summary>Cells that changed after a version: a 4-byte index (little-endian) and the byte, of each; null if all are shorter.</summary>
    /// <returns>All readers who have the same version share it.</returns>
    public byte[]? Since(long version)
    {
        if (version < _scaled || version > Version)
        {
            return null;
        }

        ForgetOldAnswers();
        if (!_deltas.TryGetValue(version, out byte[]? delta))
        {
            // A reader of long ago does not come in crowds.
            if (_deltas.Count >= MostDeltas)
            {
                _deltas.Remove(_deltas.Keys.Min());
            }

            _deltas[version] = delta = Changed(version);
        }

        return delta;
    }

    private void ForgetOldAnswers()
    {
        if (_answersVersion != Version)
        {
            _deltas.Clear();
            (_whole, _answersVersion) = (null, Version);
        }
    }

    private byte[]? Changed(long version)
    {
        int most = (int)(_cells.Length * LargeDelta), n = 0;
        var delta = new byte[Math.Min(most, 4096) * 5];
        for (int i = 0; i < _changed.Length; i++)
        {
            if (_changed[i] <= version)
            {
                continue;
            }

            if (n == most)
            {
                return null;
            }

            if (n * 5 == delta.Length)
            {
                Array.Resize(ref delta, Math.Min(most * 5, delta.Length * 2));
            }

            BinaryPrimitives.WriteInt32LittleEndian(delta.AsSpan(n * 5), i);
            delta[(n * 5) + 4] = _cells[i];
            n++;
        }

        return delta[..(n * 5)];
    }

    /// <summary>The diagram at a level of the pyramid: each level halves width and height; 0 is the diagram itself.</summary>
    public (byte[] Cells, int Width, int Height) At(int level)
    {
        if (_pyramidVersion != Version)
        {
            (_pyramid, _pyramidVersion) = ([(_cells, Slice.Width, Slice.Height)], Version);
        }

        while (_pyramid.Count <= level && _pyramid[^1] is { } last && (last.Width > 1 || last.Height > 1))
        {
            _pyramid.Add(DiagramPyramid.Halve(last.Cells, last.Width, last.Height, IsClass));
        }

        return _pyramid[Math.Min(level, _pyramid.Count - 1)];
    }

    /// <summary>A part of a level: columns from x, rows from y, cut at the edge.</summary>
    public (byte[] Cells, int Width, int Height) Tile(int level, int column, int row, int size)
    {
        (byte[] cells, int width, int height) = At(level);
        int w = Math.Clamp(width - (column * size), 0, size), h = Math.Clamp(height - (row * size), 0, size);
        var tile = new byte[w * h];
        for (int y = 0; y < h; y++)
        {
            cells.AsSpan((((row * size) + y) * width) + (column * size), w).CopyTo(tile.AsSpan(y * w));
        }

        return (tile, w, h);
    }

    private byte Level(double value, ref bool isOutside)
    {
        if (!double.IsFinite(value))
        {
            return 0;
        }

        if (!(value >= Min && value <= Max))
        {
            isOutside = true;
            return 1;
        }

        return Max > Min ? (byte)(1 + Math.Round(Levels * (value - Min) / (Max - Min))) : (byte)1;
    }

    private void Rescale()
    {
        if (!_value.IsShare && !IsClass)
        {
            (Min, Max) = (double.NaN, double.NaN);
            for (int i = 0; i < _cells.Length; i++)
            {
                double value = _value.Of(Slice.Point(i));
                if (double.IsFinite(value))
                {
                    Min = value < Min || double.IsNaN(Min) ? value : Min;
                    Max = value > Max || double.IsNaN(Max) ? value : Max;
                }
            }
        }

        bool isOutside = false;
        for (int i = 0; i < _cells.Length; i++)
        {
            long point = Slice.Point(i);
            _cells[i] = IsClass ? _value.Class(point) : Level(_value.Of(point), ref isOutside);
        }
    }
}
