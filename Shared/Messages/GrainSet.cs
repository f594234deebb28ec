namespace CalciumSweep.Shared.Messages;

/// <summary>A set of grains as sorted, disjoint ranges that do not touch. Immutable; equal sets have equal ranges.</summary>
public sealed class GrainSet : IEquatable<GrainSet>
{
    private readonly GrainRange[] _ranges;

    private GrainSet(GrainRange[] ranges)
    {
        _ranges = ranges;
        Count = ranges.Sum(range => range.End - range.First);
    }

    /// <summary>No grain.</summary>
    public static GrainSet Empty { get; } = new([]);

    /// <summary>The ranges, ascending, with at least one grain missing between two of them.</summary>
    public IReadOnlyList<GrainRange> Ranges => _ranges;

    /// <summary>Number of grains.</summary>
    public long Count { get; }

    /// <summary>True if there is no grain.</summary>
    public bool IsEmpty => _ranges.Length == 0;

    /// <summary>All grains, ascending.</summary>
    public IEnumerable<long> Grains
    {
        get
        {
            foreach (GrainRange range in _ranges)
            {
                for (long grain = range.First; grain < range.End; grain++)
                {
                    yield return grain;
                }
            }
        }
    }

    /// <summary>The grains 0 to <paramref name="count"/> − 1.</summary>
    public static GrainSet All(long count) => FromRanges([new GrainRange(0, count)]);

    /// <summary>Grains in any order, doubled or not.</summary>
    public static GrainSet Of(params IEnumerable<long> grains) =>
        FromRanges(grains.Select(grain => new GrainRange(grain, grain + 1)));

    /// <summary>Ranges in any order, overlapping or not; empty ones are left out.</summary>
    /// <exception cref="ArgumentException">A range begins below 0.</exception>
    public static GrainSet FromRanges(IEnumerable<GrainRange> ranges)
    {
        GrainRange[] sorted = [.. ranges.Where(range => range.End > range.First).OrderBy(range => range.First)];
        if (sorted.Length == 0)
        {
            return Empty;
        }

        if (sorted[0].First < 0)
        {
            throw new ArgumentException($"Grain {sorted[0].First} is below 0");
        }

        var joined = new List<GrainRange>(sorted.Length) { sorted[0] };
        foreach (GrainRange range in sorted.AsSpan(1))
        {
            Append(joined, range);
        }

        return new GrainSet([.. joined]);
    }

    /// <summary>Grains of either set.</summary>
    public GrainSet Union(GrainSet other)
    {
        if (IsEmpty || other.IsEmpty)
        {
            return IsEmpty ? other : this;
        }

        var joined = new List<GrainRange>(_ranges.Length + other._ranges.Length);
        int a = 0, b = 0;
        while (a < _ranges.Length || b < other._ranges.Length)
        {
            bool mine = b == other._ranges.Length
                || (a < _ranges.Length && _ranges[a].First <= other._ranges[b].First);
            Append(joined, mine ? _ranges[a++] : other._ranges[b++]);
        }

        return new GrainSet([.. joined]);
    }

    /// <summary>Grains of this set that are not in the other.</summary>
    public GrainSet Except(GrainSet other)
    {
        if (IsEmpty || other.IsEmpty)
        {
            return this;
        }

        var left = new List<GrainRange>();
        int b = 0;
        foreach (GrainRange range in _ranges)
        {
            long from = range.First;
            while (b < other._ranges.Length && other._ranges[b].End <= from)
            {
                b++;
            }

            for (int i = b; i < other._ranges.Length && other._ranges[i].First < range.End; i++)
            {
                if (other._ranges[i].First > from)
                {
                    left.Add(new GrainRange(from, other._ranges[i].First));
                }

                from = Math.Max(from, other._ranges[i].End);
            }

            if (from < range.End)
            {
                left.Add(new GrainRange(from, range.End));
            }
        }

        return left.Count == 0 ? Empty : new GrainSet([.. left]);
    }

    /// <summary>Grains of both sets.</summary>
    public GrainSet Intersect(GrainSet other) => IsEmpty || other.IsEmpty ? Empty : Except(Except(other));

    /// <summary>True if every grain of the other set is in this one.</summary>
    public bool Covers(GrainSet other) => other._ranges.All(range =>
    {
        int at = LastStartingAtOrBefore(range.First);
        return at >= 0 && _ranges[at].End >= range.End;
    });

    /// <summary>True if the grain is in the set; O(log ranges).</summary>
    public bool Contains(long grain)
    {
        int at = LastStartingAtOrBefore(grain);
        return at >= 0 && grain < _ranges[at].End;
    }

    /// <inheritdoc/>
    public bool Equals(GrainSet? other) => other is not null && _ranges.AsSpan().SequenceEqual(other._ranges);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as GrainSet);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Count, IsEmpty ? 0 : _ranges[0].First, _ranges.Length);

    /// <summary>For people: <c>{0-3, 7}</c>.</summary>
    public override string ToString() => "{" + string.Join(", ", _ranges.Select(range =>
        range.End - range.First == 1 ? $"{range.First}" : $"{range.First}-{range.End - 1}")) + "}";

    private static void Append(List<GrainRange> joined, GrainRange range)
    {
        if (joined.Count > 0 && joined[^1].End >= range.First)
        {
            joined[^1] = new GrainRange(joined[^1].First, Math.Max(joined[^1].End, range.End));
        }
        else
        {
            joined.Add(range);
        }
    }

    private int LastStartingAtOrBefore(long grain)
    {
        int low = 0, high = _ranges.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            if (_ranges[middle].First <= grain)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return high;
    }
}
