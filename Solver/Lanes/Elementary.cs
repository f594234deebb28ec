using System.Runtime.CompilerServices;

namespace CalciumSweep.Solver.Lanes;

/// <summary>Elementary functions built from lane operations, so that their bits depend on nothing but their argument.</summary>
public static class Elementary
{
    private const double Log2E = 1.4426950408889634, Ln2High = 6.93147180369123816490e-01, Ln2Low = 1.90821492927058770002e-10;

    /// <summary>Smaller of two; the second where either is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Min<V>(V a, V b)
        where V : unmanaged, ILanes<V> => V.Less(a, b, a, b);

    /// <summary>Larger of two; the second where either is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Max<V>(V a, V b)
        where V : unmanaged, ILanes<V> => V.Less(b, a, a, b);

    /// <summary>
    /// eˣ for |x| ≤ 708: x = n·ln 2 + r, a Taylor polynomial of degree 13 in r (|r| ≤ 0.347: remainder below 5e-18), within 1 ulp.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp<V>(V x)
        where V : unmanaged, ILanes<V>
    {
        V n = V.Nearest(Log2E * x);
        V r = V.Fma(V.All(-Ln2High), n, x);
        r = V.Fma(V.All(-Ln2Low), n, r);
        V p = V.All(1.0 / 6227020800.0);
        p = V.Fma(p, r, V.All(1.0 / 479001600.0));
        p = V.Fma(p, r, V.All(1.0 / 39916800.0));
        p = V.Fma(p, r, V.All(1.0 / 3628800.0));
        p = V.Fma(p, r, V.All(1.0 / 362880.0));
        p = V.Fma(p, r, V.All(1.0 / 40320.0));
        p = V.Fma(p, r, V.All(1.0 / 5040.0));
        p = V.Fma(p, r, V.All(1.0 / 720.0));
        p = V.Fma(p, r, V.All(1.0 / 120.0));
        p = V.Fma(p, r, V.All(1.0 / 24.0));
        p = V.Fma(p, r, V.All(1.0 / 6.0));
        p = V.Fma(p, r, V.All(0.5));
        p = V.Fma(p, r, V.All(1.0));
        return V.Scale(V.Fma(p, r, V.All(1.0)), n);
    }
}
