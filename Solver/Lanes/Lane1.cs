using System.Runtime.CompilerServices;

namespace CalciumSweep.Solver.Lanes;

/// <summary>One simulation (plain double).</summary>
public struct Lane1 : ILanes<Lane1>
{
    private double _x;

    /// <inheritdoc/>
    public static int Count => 1;

    /// <summary>The value.</summary>
    public readonly double Value => _x;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 operator +(Lane1 a, Lane1 b)
    {
        Lane1 r;
        r._x = a._x + b._x;
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 operator -(Lane1 a, Lane1 b)
    {
        Lane1 r;
        r._x = a._x - b._x;
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 operator *(Lane1 a, Lane1 b)
    {
        Lane1 r;
        r._x = a._x * b._x;
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 operator /(Lane1 a, Lane1 b)
    {
        Lane1 r;
        r._x = a._x / b._x;
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 operator *(double a, Lane1 b)
    {
        Lane1 r;
        r._x = a * b._x;
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 operator +(double a, Lane1 b)
    {
        Lane1 r;
        r._x = a + b._x;
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 operator -(double a, Lane1 b)
    {
        Lane1 r;
        r._x = a - b._x;
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 operator /(double a, Lane1 b)
    {
        Lane1 r;
        r._x = a / b._x;
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 operator -(Lane1 a)
    {
        Lane1 r;
        r._x = -a._x;
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 Fma(Lane1 a, Lane1 b, Lane1 c)
    {
        Lane1 r;
        r._x = Math.FusedMultiplyAdd(a._x, b._x, c._x);
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 All(double value)
    {
        Lane1 r;
        r._x = value;
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 Less(Lane1 a, Lane1 b, Lane1 yes, Lane1 no)
    {
        Lane1 r;
        r._x = a._x < b._x ? yes._x : no._x;
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 Sqrt(Lane1 a)
    {
        Lane1 r;
        r._x = Math.Sqrt(a._x);
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 Abs(Lane1 a)
    {
        Lane1 r;
        r._x = Math.Abs(a._x);
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 Nearest(Lane1 a)
    {
        Lane1 r;
        r._x = Math.Round(a._x);
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 Scale(Lane1 a, Lane1 n)
    {
        Lane1 r;
        r._x = a._x * BitConverter.Int64BitsToDouble(((long)n._x + 1023L) << 52);
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 Split(Lane1 a, out Lane1 exponent)
    {
        Lane1 r, e;
        long above = BitConverter.DoubleToInt64Bits(a._x) - 0x3FE6A09E667F3BCD;
        e._x = ((above + 0x3FF0000000000000) >>> 52) - 1023;
        r._x = BitConverter.Int64BitsToDouble((above & 0x000FFFFFFFFFFFFF) + 0x3FE6A09E667F3BCD);
        exponent = e;
        return r;
    }
}
