using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CalciumSweep.Solver.Lanes;

/// <summary>Eight simulations (AVX-512).</summary>
public struct Lane8 : ILanes<Lane8>
{
    private Vector512<double> _x;

    /// <inheritdoc/>
    public static int Count => 8;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 operator +(Lane8 a, Lane8 b)
    {
        Lane8 r;
        r._x = a._x + b._x;
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 operator -(Lane8 a, Lane8 b)
    {
        Lane8 r;
        r._x = a._x - b._x;
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lane8 Minus(Lane8 a, Lane8* b)
    {
        Lane8 r;
        r._x = a._x - *(Vector512<double>*)b;
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 operator *(Lane8 a, Lane8 b)
    {
        Lane8 r;
        r._x = a._x * b._x;
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 operator /(Lane8 a, Lane8 b)
    {
        Lane8 r;
        r._x = a._x / b._x;
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 operator *(double a, Lane8 b)
    {
        Lane8 r;
        r._x = Vector512.Create(a) * b._x;
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 operator +(double a, Lane8 b)
    {
        Lane8 r;
        r._x = Vector512.Create(a) + b._x;
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 operator -(double a, Lane8 b)
    {
        Lane8 r;
        r._x = Vector512.Create(a) - b._x;
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 operator /(double a, Lane8 b)
    {
        Lane8 r;
        r._x = Vector512.Create(a) / b._x;
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 operator -(Lane8 a)
    {
        Lane8 r;
        r._x = -a._x;
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 Fma(Lane8 a, Lane8 b, Lane8 c)
    {
        Lane8 r;
        r._x = Vector512.FusedMultiplyAdd(a._x, b._x, c._x);
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 All(double value)
    {
        Lane8 r;
        r._x = Vector512.Create(value);
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 Less(Lane8 a, Lane8 b, Lane8 yes, Lane8 no)
    {
        Lane8 r;
        r._x = Vector512.ConditionalSelect(Vector512.LessThan(a._x, b._x), yes._x, no._x);
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 Sqrt(Lane8 a)
    {
        Lane8 r;
        r._x = Vector512.Sqrt(a._x);
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 Abs(Lane8 a)
    {
        Lane8 r;
        r._x = Vector512.Abs(a._x);
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 Nearest(Lane8 a)
    {
        Lane8 r;
        r._x = Vector512.Round(a._x);
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 Scale(Lane8 a, Lane8 n)
    {
        Lane8 r;
        // The constant 1.5·2⁵² leaves n in the low bits: no conversion that only AVX-512 has.
        r._x = a._x * (((Vector512.AsInt64(n._x + Vector512.Create(6755399441055744.0))) + Vector512.Create(1023L)) << 52).AsDouble();
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 Split(Lane8 a, out Lane8 exponent)
    {
        Lane8 r, e;
        // The exponent reaches a double through the low bits of 2⁵²: no conversion that only AVX-512 has.
        Vector512<long> bits = Vector512.AsInt64(a._x), above = bits - Vector512.Create(0x3FE6A09E667F3BCD);
        Vector512<long> biased = Vector512.ShiftRightLogical(above + Vector512.Create(0x3FF0000000000000), 52);
        e._x = (biased | Vector512.Create(0x4330000000000000)).AsDouble() - Vector512.Create(4503599627371519.0);
        r._x = ((above & Vector512.Create(0x000FFFFFFFFFFFFF)) + Vector512.Create(0x3FE6A09E667F3BCD)).AsDouble();
        exponent = e;
        return r;
    }
}
