using CalciumSweep.Solver.Random;

namespace CalciumSweep.Physics.Random;

public sealed class PhiloxTests
{
    /// <summary>Counter, key and result: the rows "philox4x32 10" of Random123's kat_vectors.</summary>
    public static TheoryData<uint[], uint[], uint[]> KnownAnswers => new()
    {
        { [0, 0, 0, 0], [0, 0], [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8] },
        {
            [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff], [0xffffffff, 0xffffffff],
            [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd]
        },
        {
            [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0],
            [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1]
        },
    };

    [Theory]
    [MemberData(nameof(KnownAnswers))]
    public void Philox_gives_the_published_answers(uint[] counter, uint[] key, uint[] expected)
    {
        uint a = counter[0], b = counter[1], c = counter[2], d = counter[3];
        Philox.Scramble(key[0], key[1], ref a, ref b, ref c, ref d);
        uint[] random = [a, b, c, d];
        Assert.Equal(expected, random);
    }

    [Fact]
    public void Key_replicate_site_and_block_are_the_words_of_the_key_and_the_counter()
    {
        var stream = new RandomStream(key: 0x299f31d0_a4093822, replicate: 0x243f6a88, site: 0x85a308d3);
        (double even, double odd) = stream.Pair(block: 0x03707344_13198a2e);
        Assert.Equal(RandomStream.ToUniform(0xd16cfe09, 0x94fdcceb), even);
        Assert.Equal(RandomStream.ToUniform(0x5001e420, 0x24126ea1), odd);
    }

    [Fact]
    public void A_uniform_is_never_0_and_never_1()
    {
        Assert.Equal(Math.ScaleB(1, -53), RandomStream.ToUniform(0, 0));
        Assert.Equal(1 - Math.ScaleB(1, -53), RandomStream.ToUniform(uint.MaxValue, uint.MaxValue));
    }

    [Fact]
    public void Any_number_can_be_had_in_any_order()
    {
        var stream = new RandomStream(7, 1, 2);
        var cursor = new RandomCursor(stream);
        double[] inOrder = [.. Enumerable.Range(0, 100).Select(_ => cursor.NextUniform())];
        for (int i = 99; i >= 0; i--)
        {
            Assert.Equal(inOrder[i], stream.Uniform((ulong)i));
        }

        Assert.Equal(100UL, cursor.Index);
        Assert.Equal(inOrder[40], new RandomCursor(stream, 40).NextUniform());
    }
}
