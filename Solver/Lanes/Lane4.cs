using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CalciumSweep.Solver.Lanes;

/// <summary>Four simulations (AVX2).</summary>
public struct Lane4 : ILanes<Lane4>
{
    private Vector256<double> _x;

    /// <inheritdoc/>
    public static int Count => 4;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4 operator +(Lane4 a, Lane4 b)
    {
        Lane4 r;
        r._x = a._x + b._x;
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4 operator -(Lane4 a, Lane4 b)
    {
        Lane4 r;
        r._x = a._x - b._x;
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lane4 Minus(Lane4 a, Lane4* b)
    {
        Lane4 r;
        r._x = a._x - *(Vector256<double>*)b;
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4 operator *(Lane4 a, Lane4 b)
    {
        Lane4 r;
        r._x = a._x * b._x;
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4 operator /(Lane4 a, Lane4 b)
    {
        Lane4 r;
        r._x = a._x / b._x;
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4 operator *(double a, Lane4 b)
    {
        Lane4 r;
        r._x = Vector256.Create(a) * b._x;
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4 operator +(double a, Lane4 b)
    {
        Lane4 r;
        r._x = Vector256.Create(a) + b._x;
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4 operator -(double a, Lane4 b)
    {
        Lane4 r;
        r._x = Vector256.Create(a) - b._x;
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4 operator /(double a, Lane4 b)
    {
        Lane4 r;
        r._x = Vector256.Create(a) / b._x;
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4 operator -(Lane4 a)
    {
        Lane4 r;
        r._x = -a._x;
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4 Fma(Lane4 a, Lane4 b, Lane4 c)
    {
        Lane4 r;
        r._x = Vector256.FusedMultiplyAdd(a._x, b._x, c._x);
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4 All(double value)
    {
        Lane4 r;
        r._x = Vector256.Create(value);
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4 Less(Lane4 a, Lane4 b, Lane4 yes, Lane4 no)
    {
        Lane4 r;
        r._x = Vector256.ConditionalSelect(Vector256.LessThan(a._x, b._x), yes._x, no._x);
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4 Sqrt(Lane4 a)
    {
        Lane4 r;
        r._x = Vector256.Sqrt(a._x);
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4 Abs(Lane4 a)
    {
        Lane4 r;
        r._x = Vector256.Abs(a._x);
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4 Nearest(Lane4 a)
    {
        Lane4 r;
        r._x = Vector256.Round(a._x);
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4 Scale(Lane4 a, Lane4 n)
    {
        Lane4 r;
        // The constant 1.5·2⁵² leaves n in the low bits: no conversion that only AVX-512 has.
        r._x = a._x * (((Vector256.AsInt64(n._x + Vector256.Create(6755399441055744.0))) + Vector256.Create(1023L)) << 52).AsDouble();
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4 Split(Lane4 a, out Lane4 exponent)
    {
        Lane4 r, e;
        // The exponent reaches a double through the low bits of 2⁵²: no conversion that only AVX-512 has.
        Vector256<long> bits = Vector256.AsInt64(a._x), above = bits - Vector256.Create(0x3FE6A09E667F3BCD);
        Vector256<long> biased = Vector256.ShiftRightLogical(above + Vector256.Create(0x3FF0000000000000), 52);
        e._x = (biased | Vector256.Create(0x4330000000000000)).AsDouble() - Vector256.Create(4503599627371519.0);
        r._x = ((above & Vector256.Create(0x000FFFFFFFFFFFFF)) + Vector256.Create(0x3FE6A09E667F3BCD)).AsDouble();
        exponent = e;
        return r;
    }
}
