using System.Numerics;

namespace CalciumSweep.Coordinator.Campaigns;

/// <summary>
/// In which order grains are leased: bit-reversed, so that the map is coarse everywhere long before it is fine
/// anywhere. A seed shuffles it (tests: the order must not matter). A bijection without a table.
/// </summary>
public sealed class LeaseOrder
{
    private readonly int _bits;
    private readonly ulong _mask, _factor, _inverse, _offset;

    /// <summary>An order over <paramref name="grains"/> grains.</summary>
    /// <param name="grains">Number of grains, ≥ 0.</param>
    /// <param name="shuffleSeed">Null for the plain bit-reversed order.</param>
    public LeaseOrder(long grains, int? shuffleSeed)
    {
        Grains = grains;
        _bits = grains <= 1 ? 0 : 64 - BitOperations.LeadingZeroCount((ulong)(grains - 1));
        _mask = _bits == 0 ? 0 : ulong.MaxValue >> (64 - _bits);
        ulong seed = shuffleSeed is { } given ? (ulong)(uint)given : 0;
        _factor = shuffleSeed is null ? 1 : ((seed + 1) * 0x9E3779B97F4A7C15UL) | 1;
        _offset = shuffleSeed is null ? 0 : (seed + 1) * 0xBF58476D1CE4E5B9UL;

        // Newton's iteration for the inverse modulo 2^64: each round doubles the number of right bits, from 3.
        _inverse = _factor;
        for (int i = 0; i < 5; i++)
        {
            _inverse *= 2 - (_factor * _inverse);
        }
    }

    /// <summary>Number of grains.</summary>
    public long Grains { get; }

    /// <summary>Number of positions: the power of two at or above <see cref="Grains"/>.</summary>
    public long Positions => 1L << _bits;

    /// <summary>The grain at a position, or −1 where the power of two has more positions than there are grains.</summary>
    public long GrainAt(long position)
    {
        long grain = (long)Reverse((((ulong)position * _factor) + _offset) & _mask);
        return grain < Grains ? grain : -1;
    }

    /// <summary>The position of a grain.</summary>
    public long PositionOf(long grain) => (long)(((Reverse((ulong)grain) - _offset) * _inverse) & _mask);

    private ulong Reverse(ulong value)
    {
        ulong reversed = 0;
        for (int i = 0; i < _bits; i++)
        {
            reversed = (reversed << 1) | ((value >> i) & 1);
        }

        return reversed;
    }
}
