using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Shared.Results;

/// <summary>How many simulations had which outcome. Immutable; adding is order-free.</summary>
public sealed class Tally
{
    private const int Classes = 9;
    private readonly long[] _counts;

    /// <summary>Wraps counts by <see cref="Outcome"/> number [9].</summary>
    public Tally(IReadOnlyList<long> counts)
    {
        _counts = new long[Classes];
        for (int i = 0; i < counts.Count; i++)
        {
            _counts[i] = counts[i];
        }
    }

    /// <summary>Nothing counted yet.</summary>
    public static Tally Empty { get; } = new([]);

    /// <summary>Simulations counted.</summary>
    public long Total => _counts.Sum();

    /// <summary>Counts by <see cref="Outcome"/> number [9].</summary>
    public IReadOnlyList<long> Counts => _counts;

    /// <summary>Simulations with this outcome.</summary>
    public long this[Outcome outcome] => _counts[(int)outcome];

    /// <summary>Both tallies together.</summary>
    public static Tally operator +(Tally a, Tally b) => new([.. a._counts.Zip(b._counts, (x, y) => x + y)]);
}
