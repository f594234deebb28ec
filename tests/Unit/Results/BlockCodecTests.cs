using System.Security.Cryptography;
using CalciumSweep.Shared.Results;
using CalciumSweep.Solver.Engine;
using CsCheck;
using Xunit;

namespace CalciumSweep.Unit.Results;

public sealed class BlockCodecTests
{
    [Fact]
    public void Every_bit_survives_the_round_trip()
    {
        Gen.Select(Gen.Long[0, long.MaxValue], Gen.Int[0, 40], Gen.Int[0, 4])
            .SelectMany((grain, count, observables) => Grains.Of(grain, count, observables))
            .Sample(grain => Grains.Same(grain, BlockCodec.Decode(BlockCodec.Encode(grain))));
    }

    [Fact]
    public void A_full_grain_survives_and_shrinks()
    {
        GrainResult grain = Grains.Known(new GrainLayout(512, 16, 256, 16), 1);

        byte[] block = BlockCodec.Encode(grain);

        Assert.True(Grains.Same(grain, BlockCodec.Decode(block)));
        Assert.InRange(block.Length, 1, grain.Outcomes.Count * 18);
    }

    [Fact]
    public void Without_observables_everything_else_survives()
    {
        GrainResult grain = Grains.Known(new GrainLayout(4, 50, 4, 50), 0);

        GrainResult read = BlockCodec.Decode(BlockCodec.Encode(grain, keepObservables: false));

        Assert.Empty(read.Observables);
        Assert.True(Grains.Same(grain with { Observables = [] }, read));
    }

    [Fact]
    public void Every_flipped_bit_is_detected()
    {
        byte[] block = BlockCodec.Encode(Grains.Known(new GrainLayout(2, 10, 2, 10), 0));
        for (int bit = 0; bit < block.Length * 8; bit++)
        {
            byte[] flipped = [.. block];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Throws<DamagedBlockException>(() => BlockCodec.Decode(flipped));
        }
    }

    [Fact]
    public void Every_cut_is_detected()
    {
        byte[] block = BlockCodec.Encode(Grains.Known(new GrainLayout(2, 10, 2, 10), 0));
        for (int length = 0; length < block.Length; length++)
        {
            byte[] cut = block[..length];
            Assert.Throws<DamagedBlockException>(() => BlockCodec.Decode(cut));
        }
    }

    [Fact]
    public void A_newer_format_is_named()
    {
        byte[] block = Resealed(block => block[0] = 2);

        var error = Assert.Throws<DamagedBlockException>(() => BlockCodec.Decode(block));

        Assert.Contains("format 2", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10)] // simulations
    [InlineData(14)] // observables
    [InlineData(26)] // length of the columns
    [InlineData(29)] // the same, negative
    public void A_head_that_does_not_fit_its_columns_is_never_decoded(int at)
    {
        byte[] block = Resealed(block => block[at] ^= 0x81);

        Assert.Throws<DamagedBlockException>(() => BlockCodec.Decode(block));
    }

    [Fact]
    public void Lists_of_different_lengths_are_refused()
    {
        var grain = new GrainResult(0, [Outcome.Wave, Outcome.Wave], new Dictionary<int, string>(), [1, 2], [1], 0);

        Assert.Throws<ArgumentException>(() => BlockCodec.Encode(grain));
        Assert.Throws<ArgumentException>(() => BlockCodec.Encode(grain with { Steps = [1, 1], Observables = [1, 2, 3] }));
    }

    // Changes a block and makes its checksum right again.
    private static byte[] Resealed(Action<byte[]> change)
    {
        byte[] block = BlockCodec.Encode(Grains.Known(new GrainLayout(2, 10, 2, 10), 0));
        change(block);
        SHA256.HashData(block.AsSpan(..^8)).AsSpan(0, 8).CopyTo(block.AsSpan()[^8..]);
        return block;
    }
}
