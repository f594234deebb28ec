using System.Security.Cryptography;
using CalciumSweep.Shared.Results;
using CalciumSweep.Solver.Engine;
using CsCheck;
using Xunit;

namespace CalciumSweep.Unit.Results;

public sealed class ResultDigestTests
{
    private static readonly Gen<ResultDigest> _digest =
        Gen.Select(Gen.ULong, Gen.ULong, Gen.ULong, Gen.ULong, (a, b, c, d) => new ResultDigest(a, b, c, d));

    [Fact]
    public void Nothing_has_the_digest_zero()
    {
        Assert.Equal("sha256:" + new string('0', 64), default(ResultDigest).ToString());
    }

    [Fact]
    public void One_simulation_has_the_sha256_of_its_bits()
    {
        byte[] text = [7, 0, 0, 0, 0, 0, 0, 0, 8, 3, 0, 0, 0, (byte)'b', (byte)'a', (byte)'d', 0, 0, 0, 0, 0, 0, 0xF8, 0x7F];

        var digest = ResultDigest.Of(7, Outcome.Failed, "bad", [double.NaN]);

        Assert.Equal("sha256:" + Convert.ToHexStringLower(SHA256.HashData(text)), digest.ToString());
    }

    [Fact]
    public void Every_nan_is_the_same_and_the_zeros_differ()
    {
        double payload = BitConverter.Int64BitsToDouble(unchecked((long)0xFFF8_0000_0000_0001));

        Assert.Equal(ResultDigest.Of(0, Outcome.Wave, null, [double.NaN]), ResultDigest.Of(0, Outcome.Wave, null, [payload]));
        Assert.NotEqual(ResultDigest.Of(0, Outcome.Wave, null, [0.0]), ResultDigest.Of(0, Outcome.Wave, null, [-0.0]));
    }

    [Fact]
    public void Each_part_of_a_result_changes_it()
    {
        ResultDigest[] all =
        [
            ResultDigest.Of(1, Outcome.Wave, null, [1.0, 2.0]), ResultDigest.Of(2, Outcome.Wave, null, [1.0, 2.0]),
            ResultDigest.Of(1, Outcome.Sparks, null, [1.0, 2.0]), ResultDigest.Of(1, Outcome.Wave, "x", [1.0, 2.0]),
            ResultDigest.Of(1, Outcome.Wave, null, [2.0, 1.0]), ResultDigest.Of(1, Outcome.Wave, null, [1.0]),
            ResultDigest.Of(1, Outcome.Wave, null, [1.0, Math.BitIncrement(2.0)]),
        ];

        Assert.Equal(all.Length, all.Distinct().Count());
    }

    [Fact]
    public void A_long_reason_is_hashed_whole()
    {
        string reason = new('µ', 3000);

        Assert.NotEqual(ResultDigest.Of(0, Outcome.Failed, reason, []), ResultDigest.Of(0, Outcome.Failed, reason + "m", []));
    }

    [Fact]
    public void Adding_is_adding_modulo_two_to_the_256()
    {
        var modulus = System.Numerics.BigInteger.One << 256;
        Gen.Select(_digest, _digest).Sample((x, y) => Number(x + y) == (Number(x) + Number(y)) % modulus);
        var ones = new ResultDigest(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue);
        Assert.Equal(default, ones + new ResultDigest(1, 0, 0, 0));
    }

    [Fact]
    public void Bytes_survive_the_round_trip()
    {
        _digest.Sample(x => ResultDigest.FromBytes(x.ToBytes()) == x);
        Assert.Throws<ArgumentException>(() => ResultDigest.FromBytes(new byte[31]));
    }

    [Fact]
    public void Neither_the_order_of_grains_nor_the_cut_changes_it()
    {
        var byPoint = new GrainLayout(12, 6, 1, 6);
        var byFour = new GrainLayout(12, 6, 4, 6);
        var split = new GrainLayout(12, 6, 1, 4);
        Gen.Select(Grains.Of(0, 72, 2), Gen.Shuffle(Enumerable.Range(0, 12).ToArray())).Sample((all, order) =>
        {
            ResultDigest whole = Sum(byFour, all, [0, 1, 2]);
            return whole == Sum(byPoint, all, [.. order.Select(g => (long)g)]) && whole == Sum(split, all, [.. Enumerable.Range(0, 24).Select(g => (long)g)]);
        });
    }

    [Fact]
    public void A_quarantined_simulation_does_not_enter()
    {
        var layout = new GrainLayout(1, 2, 1, 2);
        var grain = new GrainResult(0, [null, Outcome.Wave], new Dictionary<int, string>(), [1.0, 2.0], [9, 9], 1);

        Assert.Equal(ResultDigest.Of(1, Outcome.Wave, null, [2.0]), ResultDigest.OfGrain(layout, grain));
    }

    [Fact]
    public void Steps_and_core_seconds_do_not_enter()
    {
        var layout = new GrainLayout(1, 1, 1, 1);
        var grain = new GrainResult(0, [Outcome.Wave], new Dictionary<int, string>(), [1.0], [9], 1);

        Assert.Equal(ResultDigest.OfGrain(layout, grain), ResultDigest.OfGrain(layout, grain with { Steps = [10], CoreSeconds = 2 }));
    }

    [Fact]
    public void A_grain_allocates_nothing()
    {
        var layout = new GrainLayout(64, 16, 64, 16);
        GrainResult grain = Grains.Known(layout, 0) with { Reasons = new Dictionary<int, string>() };
        ResultDigest.OfGrain(layout, grain);
        long before = GC.GetAllocatedBytesForCurrentThread();

        ResultDigest.OfGrain(layout, grain);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static System.Numerics.BigInteger Number(ResultDigest digest) => new(digest.ToBytes(), isUnsigned: true, isBigEndian: true);

    private static ResultDigest Sum(GrainLayout layout, GrainResult all, long[] order)
    {
        var sum = default(ResultDigest);
        foreach (long grain in order)
        {
            (long first, int count) = layout.Range(grain);
            int from = (int)first;
            sum += ResultDigest.OfGrain(layout, new GrainResult(grain, [.. all.Outcomes.Skip(from).Take(count)],
                all.Reasons.Where(r => r.Key >= from && r.Key < from + count).ToDictionary(r => r.Key - from, r => r.Value),
                all.Observables[(from * 2)..((from + count) * 2)], all.Steps[from..(from + count)], 0));
        }

        return sum;
    }
}
