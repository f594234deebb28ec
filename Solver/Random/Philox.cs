using System.Runtime.CompilerServices;

namespace CalciumSweep.Solver.Random;

/// <summary>
/// Philox4x32-10: a keyed bijection of 128-bit counters (Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers:
/// as easy as 1, 2, 3", SC11). A pure function of counter and key, so that there is no generator state.
/// </summary>
public static class Philox
{
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9;  // golden ratio
    private const uint Weyl1 = 0xBB67AE85;  // √3 − 1

    /// <summary>Replaces the four counter words by 128 random bits.</summary>
    /// <param name="key0">First word of the key.</param>
    /// <param name="key1">Second word of the key.</param>
    /// <param name="x0">First counter word; on return, random.</param>
    /// <param name="x1">Second counter word; on return, random.</param>
    /// <param name="x2">Third counter word; on return, random.</param>
    /// <param name="x3">Fourth counter word; on return, random.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scramble(uint key0, uint key1, ref uint x0, ref uint x1, ref uint x2, ref uint x3)
    {
        uint a = x0, b = x1, c = x2, d = x3;
        for (int round = 0; round < 10; round++)
        {
            ulong p = (ulong)Multiplier0 * a;
            ulong q = (ulong)Multiplier1 * c;
            a = (uint)(q >> 32) ^ b ^ key0;
            b = (uint)q;
            c = (uint)(p >> 32) ^ d ^ key1;
            d = (uint)p;
            key0 = unchecked(key0 + Weyl0);
            key1 = unchecked(key1 + Weyl1);
        }

        (x0, x1, x2, x3) = (a, b, c, d);
    }
}
