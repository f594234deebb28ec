using CalciumSweep.Solver.Random;

namespace CalciumSweep.Physics.Random;

/// <summary>Pairs drawn eight at a time have the bits of pairs drawn one by one.</summary>
public sealed unsafe class EightPairsTests
{
    [Theory]
    [InlineData(0UL, 0u, 0u)]
    [InlineData(0xDEADBEEF_01234567UL, 31u, 19u)]
    [InlineData(ulong.MaxValue, uint.MaxValue, uint.MaxValue)]
    public void Eight_pairs_at_once_are_the_pairs_one_by_one(ulong key, uint replicate, uint site)
    {
        var stream = new RandomStream(key, replicate, site);
        double* uniforms = stackalloc double[EightPairs.Count], exponentials = stackalloc double[EightPairs.Count];
        for (uint eighth = 0; eighth < 5000; eighth++)
        {
            EightPairs.Fill(stream, eighth, uniforms, exponentials);
            for (uint i = 0; i < EightPairs.Count; i++)
            {
                var (even, odd) = stream.Pair((eighth * EightPairs.Count) + i);
                Assert.Equal(BitConverter.DoubleToInt64Bits(even), BitConverter.DoubleToInt64Bits(uniforms[i]));
                Assert.Equal(BitConverter.DoubleToInt64Bits(-ScalarLog.Log(odd)), BitConverter.DoubleToInt64Bits(exponentials[i]));
            }
        }
    }

    [Fact]
    public void A_table_reads_any_draw_of_any_stream_again()
    {
        using var table = new DrawTable(2);
        var streams = new[] { new RandomStream(1, 2, 3), new RandomStream(4, 5, 6) };
        table.Set(0, streams[0]);
        table.Set(1, streams[1]);
        double uniform, exponential;
        foreach (int draw in new[] { 0, 7, 8, 9, 3, 100, 7, 8 })
        {
            for (int s = 0; s < 2; s++)
            {
                double at = draw;
                table.Read(&s, 1, &at, &uniform, &exponential);
                var (even, odd) = streams[s].Pair((ulong)draw);
                Assert.Equal((even, -ScalarLog.Log(odd)), (uniform, exponential));
            }
        }
    }
}
