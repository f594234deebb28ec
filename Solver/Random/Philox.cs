using System.Runtime.CompilerServices;

namespace CalciumSweep.Solver.Random;

/// <summary>
/// Philox 4x32-10, a counter-based generator (Salmon, Moraes, Dror and Shaw 2011, SC11): a pure function of counter and
/// key, so there is no generator state to save.
/// </summary>
public static class Philox
{
    private const uint M0 = 0xD2511F53, M1 = 0xCD9E8D57, W0 = 0x9E3779B9, W1 = 0xBB67AE85;

    /// <summary>Four random words from a counter of four words and a key of two.</summary>
    public static (uint X0, uint X1, uint X2, uint X3) Block(
        uint c0, uint c1, uint c2, uint c3, uint k0, uint k1)
    {
        for (int round = 0; round < 10; round++)
        {
            ulong p0 = (ulong)M0 * c0, p1 = (ulong)M1 * c2;
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
            k0 += W0;
            k1 += W1;
        }

        return (c0, c1, c2, c3);
    }

    /// <summary>
    /// Two uniform numbers in (0, 1) from one block: 52 bits of two words, in the middle of their interval, so that
    /// neither 0 nor 1 occurs. Counter (replicate, site, draw), as in docs/solver.md.
    /// </summary>
    /// <param name="key">Stream key of the point.</param>
    /// <param name="replicate">Replicate.</param>
    /// <param name="site">Site.</param>
    /// <param name="draw">Number of the draw.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (double First, double Second) Uniforms(ulong key, uint replicate, uint site, ulong draw)
    {
        var (a, b, c, d) = Block(replicate, site, (uint)draw, (uint)(draw >> 32), (uint)key, (uint)(key >> 32));
        return (Uniform(a, b), Uniform(c, d));
    }

    private static double Uniform(uint high, uint low) =>
        ((((ulong)high << 20) | (low >> 12)) + 0.5) * (1.0 / (1UL << 52));
}
