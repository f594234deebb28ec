using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CalciumSweep.Solver.Random;

/// <summary>
/// Eight consecutive pairs of a stream, the second of each as an exponential variate: with AVX-512 in one go, else one by
/// one. The operations and their order are those of <see cref="Philox"/> and <see cref="ScalarLog"/>: so are the bits.
/// </summary>
internal static unsafe class EightPairs
{
    /// <summary>How many.</summary>
    public const int Count = 8;

    private const uint Weyl0 = 0x9E3779B9, Weyl1 = 0xBB67AE85, Multiplier0 = 0xD2511F53, Multiplier1 = 0xCD9E8D57;
    private const double Ulp = 1.0 / (1UL << 53);
    private const double High = 6.93147180369123816490e-01, Low = 1.90821492927058770002e-10;
    private const long RootHalf = 0x3FE6A09E667F3BCD, Mantissa = 0x000FFFFFFFFFFFFF;

    /// <summary>Writes pairs 8·<paramref name="eighth"/> … 8·<paramref name="eighth"/> + 7.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="eighth">Number of the first pair over 8; below 2²⁹.</param>
    /// <param name="uniforms">On return, uniforms in (0, 1) [8].</param>
    /// <param name="exponentials">On return, exponential variates with mean 1 [8].</param>
    public static void Fill(in RandomStream stream, uint eighth, double* uniforms, double* exponentials)
    {
        if (Avx512F.IsSupported && Vector512.IsHardwareAccelerated)
        {
            Wide(stream, eighth * Count, uniforms, exponentials);
            return;
        }

        for (uint i = 0; i < Count; i++)
        {
            var (even, odd) = stream.Pair((eighth * Count) + i);
            (uniforms[i], exponentials[i]) = (even, -ScalarLog.Log(odd));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Wide(in RandomStream stream, uint first, double* uniforms, double* exponentials)
    {
        // A word an element of 64 bits; what a product leaves in the upper half the next product does not read.
        Vector512<ulong> a = Vector512.Create((ulong)stream.Replicate), b = Vector512.Create((ulong)stream.Site);
        Vector512<ulong> c = Vector512.Create((ulong)first) + Vector512.Create(0UL, 1, 2, 3, 4, 5, 6, 7), d = Vector512<ulong>.Zero;
        Vector512<uint> m0 = Vector512.Create((ulong)Multiplier0).AsUInt32(), m1 = Vector512.Create((ulong)Multiplier1).AsUInt32();
        uint key0 = stream.Key0, key1 = stream.Key1;
        for (int round = 0; round < 10; round++)
        {
            Vector512<ulong> p = Avx512F.Multiply(m0, a.AsUInt32()), q = Avx512F.Multiply(m1, c.AsUInt32());
            a = (q >>> 32) ^ b ^ Vector512.Create((ulong)key0);
            b = q;
            c = (p >>> 32) ^ d ^ Vector512.Create((ulong)key1);
            d = p;
            key0 = unchecked(key0 + Weyl0);
            key1 = unchecked(key1 + Weyl1);
        }

        Vector512<ulong> low = Vector512.Create(0xFFFFFFFFUL);
        ToUniform((a & low) | (b << 32)).Store(uniforms);
        Vector512.Negate(Log(ToUniform((c & low) | (d << 32)))).Store(exponentials);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> ToUniform(Vector512<ulong> bits) =>
        Vector512.ConvertToDouble(((bits >>> 11) | Vector512<ulong>.One).AsInt64()) * Ulp;

    /// <summary><see cref="ScalarLog"/> of a normal number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Log(Vector512<double> x)
    {
        Vector512<long> above = x.AsInt64() - Vector512.Create(RootHalf);
        Vector512<double> n = Vector512.ConvertToDouble(above >> 52);
        Vector512<double> f = ((above & Vector512.Create(Mantissa)) + Vector512.Create(RootHalf)).AsDouble() - All(1);
        Vector512<double> s = f / (All(2) + f), z = s * s, w = z * z;
        Vector512<double> odd = All(2.0 / 3) + (w * (All(2.0 / 7) + (w * (All(2.0 / 11) + (w * (All(2.0 / 15) + (w * All(2.0 / 19))))))));
        Vector512<double> even = All(2.0 / 5) + (w * (All(2.0 / 9) + (w * (All(2.0 / 13) + (w * (All(2.0 / 17) + (w * All(2.0 / 21))))))));
        Vector512<double> half = All(0.5) * f * f, r = (z * odd) + (w * even);
        return (n * All(High)) - (half - ((s * (half + r)) + (n * All(Low))) - f);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> All(double x) => Vector512.Create(x);
}
