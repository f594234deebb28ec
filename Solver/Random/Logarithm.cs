namespace CalciumSweep.Solver.Random;

/// <summary>
/// Natural logarithm in plain double arithmetic (fdlibm's e_log.c, error below 1 ulp), so that its bits do not depend
/// on the platform's library.
/// </summary>
public static class Logarithm
{
    private const double Ln2High = 6.93147180369123816490e-01, Ln2Low = 1.90821492927058770002e-10;

    private const double
        L1 = 6.666666666666735130e-01, L2 = 3.999999999940941908e-01, L3 = 2.857142874366239149e-01,
        L4 = 2.222219843214978396e-01, L5 = 1.818357216161805012e-01, L6 = 1.531383769920937332e-01,
        L7 = 1.479819860511658591e-01;

    /// <summary>ln x for normal positive x.</summary>
    public static double Of(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)(bits >> 52) - 1023;
        long mantissa = bits & 0x000FFFFFFFFFFFFF;
        if (mantissa > 0x6A09E667F3BCC) // above √2: take the half, so that f lies in [√½ − 1, √2 − 1]
        {
            exponent++;
            bits = mantissa | 0x3FE0000000000000;
        }
        else
        {
            bits = mantissa | 0x3FF0000000000000;
        }

        double f = BitConverter.Int64BitsToDouble(bits) - 1, s = f / (2 + f), z = s * s, w = z * z;
        double r = (z * (L1 + (w * (L3 + (w * (L5 + (w * L7))))))) + (w * (L2 + (w * (L4 + (w * L6)))));
        double half = 0.5 * f * f;
        return (exponent * Ln2High) - ((half - ((s * (half + r)) + (exponent * Ln2Low))) - f);
    }
}
