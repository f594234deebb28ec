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

    /// <summary>
    /// ln x for positive normal x, within 2 ulp (the series of fdlibm's e_log.c); about −709 for 0, so that powers of 0 vanish.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log<V>(V x)
        where V : unmanaged, ILanes<V>
    {
        V f = -1 + V.Split(x, out V n), s = f / (2 + f), z = s * s, w = z * z;
        V odd = V.Fma(w, V.Fma(w, V.Fma(w, V.Fma(w, V.All(2.0 / 19), V.All(2.0 / 15)), V.All(2.0 / 11)), V.All(2.0 / 7)), V.All(2.0 / 3));
        V even = V.Fma(w, V.Fma(w, V.Fma(w, V.Fma(w, V.All(2.0 / 21), V.All(2.0 / 17)), V.All(2.0 / 13)), V.All(2.0 / 9)), V.All(2.0 / 5));
        V half = 0.5 * (f * f), r = V.Fma(z, odd, w * even);
        return (Ln2High * n) - (half - V.Fma(s, half + r, Ln2Low * n) - f);
    }

    /// <summary>xʸ for x ≥ 0 (0⁺ as good as 0), with a relative error of about (1 + |y·ln x|)·2⁻⁵²; |y·ln x| is held below 708.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Pow<V>(V x, V y)
        where V : unmanaged, ILanes<V> => Exp(Min(Max(y * Log(x), V.All(-708)), V.All(708)));
}
