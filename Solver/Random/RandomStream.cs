using System.Runtime.CompilerServices;

namespace CalciumSweep.Solver.Random;

/// <summary>
/// The random numbers of one site in one replicate of one point, numbered. Any of them can be had at any time, in any
/// order: the number's index is all there is to remember.
/// </summary>
/// <param name="key">Philox key of the point, see <see cref="Engine.Model.StreamKey"/>.</param>
/// <param name="replicate">Which repeat of the point.</param>
/// <param name="site">Which site (0 where a simulation has only one).</param>
/// <remarks>
/// The counter's words are (replicate, site, block low, block high). One block gives two uniforms, so that uniform
/// number <c>i</c> is half <c>i mod 2</c> of block <c>i / 2</c>.
/// </remarks>
public readonly struct RandomStream(ulong key, uint replicate, uint site)
{
    private const double Ulp = 1.0 / (1UL << 53);

    /// <summary>The key's words.</summary>
    internal uint Key0 { get; } = (uint)key;

    internal uint Key1 { get; } = (uint)(key >> 32);

    /// <summary>The counter's upper words.</summary>
    internal uint Replicate { get; } = replicate;

    internal uint Site { get; } = site;

    /// <summary>Uniform number <paramref name="index"/>, in (0, 1): an odd multiple of 2⁻⁵³, never 0, never 1.</summary>
    public double Uniform(ulong index)
    {
        (double even, double odd) = Pair(index >> 1);
        return (index & 1) == 0 ? even : odd;
    }

    /// <summary>Exponential variate with mean 1 from uniform number <paramref name="index"/>; in (10⁻¹⁶, 36.8).</summary>
    public double Exponential(ulong index) => -ScalarLog.Log(Uniform(index));

    /// <summary>Uniforms 2·<paramref name="block"/> and 2·<paramref name="block"/> + 1 at the price of one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (double Even, double Odd) Pair(ulong block)
    {
        uint a = Replicate, b = Site, c = (uint)block, d = (uint)(block >> 32);
        Philox.Scramble(Key0, Key1, ref a, ref b, ref c, ref d);
        return (ToUniform(a, b), ToUniform(c, d));
    }

    /// <summary>
    /// 64 random bits (<paramref name="low"/>, <paramref name="high"/>) to (2·k + 1)·2⁻⁵³ with k the upper 52 bits: exact
    /// in binary64, mean exactly ½, and symmetric (u and 1 − u are equally likely), so that log(u) and log(1 − u) are finite.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double ToUniform(uint low, uint high)
    {
        ulong bits = ((ulong)high << 32) | low;
        return (long)((bits >> 11) | 1) * Ulp;
    }
}
