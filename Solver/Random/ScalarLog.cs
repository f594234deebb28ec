using System.Runtime.CompilerServices;

namespace CalciumSweep.Solver.Random;

/// <summary>
/// Natural logarithm in plain IEEE arithmetic: the platform's differs in the last bit from one library to the next,
/// and a result must not.
/// </summary>
public static class ScalarLog
{
    // ln 2 = High + Low. High ends in 32 zero bits, so that its product with an exponent is exact.
    private const double High = 6.93147180369123816490e-01;
    private const double Low = 1.90821492927058770002e-10;
    private const long RootHalf = 0x3FE6A09E667F3BCD;  // bits of √½
    private const long Mantissa = 0x000FFFFFFFFFFFFF;

    /// <summary>ln <paramref name="x"/> within 1 ulp; −∞ at 0, NaN below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Log(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        return bits is >= 0x0010000000000000 and < 0x7FF0000000000000 ? OfNormal(bits, 0) : OfOther(x);
    }

    // x = 2ⁿ(1 + f) with 1 + f in [√½, √2); with s = f/(2 + f), ln(1 + f) = 2·artanh(s) = f − f²/2 + s·(f²/2 + R),
    // R = Σ 2s²ᵏ/(2k + 1). |s| ≤ 0.1716, so that the first term left out (k = 11) is below 1e-18.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double OfNormal(long bits, int exponent)
    {
        long above = bits - RootHalf;
        double n = exponent + (int)(above >> 52);
        double f = BitConverter.Int64BitsToDouble((above & Mantissa) + RootHalf) - 1;
        double s = f / (2 + f), z = s * s, w = z * z;
        double odd = (2.0 / 3) + (w * ((2.0 / 7) + (w * ((2.0 / 11) + (w * ((2.0 / 15) + (w * (2.0 / 19))))))));
        double even = (2.0 / 5) + (w * ((2.0 / 9) + (w * ((2.0 / 13) + (w * ((2.0 / 17) + (w * (2.0 / 21))))))));
        double half = 0.5 * f * f, r = (z * odd) + (w * even);
        return (n * High) - (half - ((s * (half + r)) + (n * Low)) - f);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double OfOther(double x) => x switch
    {
        0 => double.NegativeInfinity,
        > 0 when double.IsFinite(x) => OfNormal(BitConverter.DoubleToInt64Bits(x * (1L << 54)), -54),
        > 0 => x,
        _ => double.NaN,
    };
}
