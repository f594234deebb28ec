using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CalciumSweep.Solver.Lanes;

/// <summary>Two simulations (SSE2, NEON).</summary>
public struct Lane2 : ILanes<Lane2>
{
    private Vector128<double> _x;

    /// <inheritdoc/>
    public static int Count => 2;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane2 operator +(Lane2 a, Lane2 b)
    {
        Lane2 r;
        r._x = a._x + b._x;
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane2 operator -(Lane2 a, Lane2 b)
    {
        Lane2 r;
        r._x = a._x - b._x;
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane2 operator *(Lane2 a, Lane2 b)
    {
        Lane2 r;
        r._x = a._x * b._x;
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane2 operator /(Lane2 a, Lane2 b)
    {
        Lane2 r;
        r._x = a._x / b._x;
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane2 operator *(double a, Lane2 b)
    {
        Lane2 r;
        r._x = Vector128.Create(a) * b._x;
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane2 operator +(double a, Lane2 b)
    {
        Lane2 r;
        r._x = Vector128.Create(a) + b._x;
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane2 operator -(double a, Lane2 b)
    {
        Lane2 r;
        r._x = Vector128.Create(a) - b._x;
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane2 operator /(double a, Lane2 b)
    {
        Lane2 r;
        r._x = Vector128.Create(a) / b._x;
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane2 operator -(Lane2 a)
    {
        Lane2 r;
        r._x = -a._x;
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane2 Fma(Lane2 a, Lane2 b, Lane2 c)
    {
        Lane2 r;
        r._x = Vector128.FusedMultiplyAdd(a._x, b._x, c._x);
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane2 All(double value)
    {
        Lane2 r;
        r._x = Vector128.Create(value);
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane2 Less(Lane2 a, Lane2 b, Lane2 yes, Lane2 no)
    {
        Lane2 r;
        r._x = Vector128.ConditionalSelect(Vector128.LessThan(a._x, b._x), yes._x, no._x);
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane2 Sqrt(Lane2 a)
    {
        Lane2 r;
        r._x = Vector128.Sqrt(a._x);
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane2 Abs(Lane2 a)
    {
        Lane2 r;
        r._x = Vector128.Abs(a._x);
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane2 Nearest(Lane2 a)
    {
        Lane2 r;
        r._x = Vector128.Round(a._x);
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane2 Scale(Lane2 a, Lane2 n)
    {
        Lane2 r;
        // The constant 1.5·2⁵² leaves n in the low bits: no conversion that only AVX-512 has.
        r._x = a._x * (((Vector128.AsInt64(n._x + Vector128.Create(6755399441055744.0))) + Vector128.Create(1023L)) << 52).AsDouble();
        return r;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane2 Split(Lane2 a, out Lane2 exponent)
    {
        Lane2 r, e;
        // The exponent reaches a double through the low bits of 2⁵²: no conversion that only AVX-512 has.
        Vector128<long> bits = Vector128.AsInt64(a._x), above = bits - Vector128.Create(0x3FE6A09E667F3BCD);
        Vector128<long> biased = Vector128.ShiftRightLogical(above + Vector128.Create(0x3FF0000000000000), 52);
        e._x = (biased | Vector128.Create(0x4330000000000000)).AsDouble() - Vector128.Create(4503599627371519.0);
        r._x = ((above & Vector128.Create(0x000FFFFFFFFFFFFF)) + Vector128.Create(0x3FE6A09E667F3BCD)).AsDouble();
        exponent = e;
        return r;
    }
}
