using System.Numerics;
using CalciumSweep.Shared.Messages;

namespace CalciumSweep.Coordinator.Campaigns;

/// <summary>
/// A set of grains of one campaign as pages of bits: at most one bit a grain, nothing for pages without a grain, and
/// full pages shared. Immutable; a change copies the pages that it touches.
/// </summary>
public sealed class GrainMap
{
    private const int PageBits = 4096, Words = PageBits / 64;
    private static readonly ulong[] _full = [.. Enumerable.Repeat(ulong.MaxValue, Words)];
    private readonly ulong[]?[] _pages;

    private GrainMap(ulong[]?[] pages, long count) => (_pages, Count) = (pages, count);

    /// <summary>No grain, of no campaign yet.</summary>
    public static GrainMap Empty { get; } = new([], 0);

    /// <summary>Number of grains.</summary>
    public long Count { get; }

    /// <summary>True if there is no grain.</summary>
    public bool IsEmpty => Count == 0;

    /// <summary>Bytes of bits that it holds itself: pages that are neither empty nor full.</summary>
    public long Bytes => (_pages.Length * 8L) + (_pages.Count(page => page is not null && page != _full) * 8L * Words);

    /// <summary>The same grains as ranges.</summary>
    public GrainSet ToSet() => GrainSet.FromRanges(Ranges());

    /// <summary>True if the grain is in the set.</summary>
    public bool Contains(long grain) => grain >= 0 && grain / PageBits < _pages.Length
        && _pages[grain / PageBits] is { } page && (page[grain % PageBits / 64] >> (int)(grain % 64) & 1) != 0;

    /// <summary>True if every grain of a set is in this one.</summary>
    public bool Covers(GrainSet grains)
    {
        foreach (GrainRange range in grains.Ranges)
        {
            if (NextOutside(range.First, range.End) < range.End)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The grains of a set that are not in this one.</summary>
    public GrainSet Missing(GrainSet grains)
    {
        var missing = new List<GrainRange>();
        foreach (GrainRange range in grains.Ranges)
        {
            long from = NextOutside(range.First, range.End);
            while (from < range.End)
            {
                long end = NextInside(from, range.End);
                missing.Add(new(from, end));
                from = NextOutside(end, range.End);
            }
        }

        return GrainSet.FromRanges(missing);
    }

    /// <summary>With these grains besides.</summary>
    public GrainMap With(GrainSet grains) => Changed(grains, add: true);

    /// <summary>Without these grains.</summary>
    public GrainMap Without(GrainSet grains) => Changed(grains, add: false);

    /// <summary>The first grain from <paramref name="from"/> on, below <paramref name="end"/>, that is not in the set; else <paramref name="end"/>.</summary>
    public long NextOutside(long from, long end) => Next(from, end, inside: false);

    /// <summary>The first grain from <paramref name="from"/> on, below <paramref name="end"/>, that is in the set; else <paramref name="end"/>.</summary>
    public long NextInside(long from, long end) => Next(from, end, inside: true);

    private long Next(long from, long end, bool inside)
    {
        while (from < end)
        {
            long at = from / PageBits;
            ulong[]? page = at < _pages.Length ? _pages[at] : null;
            if (page is null || page == _full)
            {
                if ((page is null) != inside)
                {
                    return from;
                }

                from = (at + 1) * PageBits;
                continue;
            }

            ulong word = page[from % PageBits / 64];
            ulong wanted = (inside ? word : ~word) >> (int)(from % 64);
            if (wanted != 0)
            {
                return Math.Min(end, from + BitOperations.TrailingZeroCount(wanted));
            }

            from = (from / 64 * 64) + 64;
        }

        return end;
    }

    private GrainMap Changed(GrainSet grains, bool add)
    {
        if (grains.IsEmpty || (!add && IsEmpty))
        {
            return this;
        }

        long last = grains.Ranges[^1].End - 1;
        var pages = new ulong[]?[add ? Math.Max(_pages.Length, (last / PageBits) + 1) : _pages.Length];
        _pages.CopyTo(pages, 0);
        var own = new HashSet<long>();
        long count = Count;
        foreach (GrainRange range in grains.Ranges)
        {
            for (long from = range.First; from < range.End && from / PageBits < pages.Length;)
            {
                long end = Math.Min(range.End, ((from / PageBits) + 1) * PageBits);
                count += Change(pages, own, from, end, add);
                from = end;
            }
        }

        return new(pages, count);
    }

    private static long Change(ulong[]?[] pages, HashSet<long> own, long from, long end, bool add)
    {
        long at = from / PageBits;
        if (end - from == PageBits)
        {
            long before = Bits(pages[at]);
            pages[at] = add ? _full : null;
            return (add ? PageBits : 0) - before;
        }

        if (own.Add(at))
        {
            pages[at] = pages[at] is { } old ? (ulong[])old.Clone() : new ulong[Words];
        }

        ulong[] page = pages[at] == _full ? pages[at] = (ulong[])_full.Clone() : pages[at] ??= new ulong[Words];
        long change = 0;
        for (long grain = from; grain < end;)
        {
            long stop = Math.Min(end, (grain / 64 * 64) + 64);
            ulong mask = (stop - grain == 64 ? ulong.MaxValue : (1UL << (int)(stop - grain)) - 1) << (int)(grain % 64);
            ref ulong word = ref page[grain % PageBits / 64];
            ulong next = add ? word | mask : word & ~mask;
            change += BitOperations.PopCount(next) - BitOperations.PopCount(word);
            word = next;
            grain = stop;
        }

        // Only an emptied or filled word can have emptied or filled the page.
        if (change != 0 && page.AsSpan().IndexOfAnyExcept(add ? ulong.MaxValue : 0) < 0)
        {
            pages[at] = add ? _full : null;
            own.Remove(at);
        }

        return change;
    }

    private static long Bits(ulong[]? page) => page is null ? 0 : page.Sum(word => (long)BitOperations.PopCount(word));

    private IEnumerable<GrainRange> Ranges()
    {
        long end = _pages.Length * (long)PageBits;
        for (long from = NextInside(0, end); from < end;)
        {
            long stop = NextOutside(from, end);
            yield return new(from, stop);
            from = NextInside(stop, end);
        }
    }
}
