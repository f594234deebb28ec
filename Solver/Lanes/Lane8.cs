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
}
