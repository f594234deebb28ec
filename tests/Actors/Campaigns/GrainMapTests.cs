using CalciumSweep.Coordinator.Campaigns;
using CalciumSweep.Shared.Messages;
using CsCheck;
using Xunit;

namespace CalciumSweep.Actors.Campaigns;

public sealed class GrainMapTests
{
    // Ranges over a few pages of 4,096, so that pages are empty, full and neither.
    private static readonly Gen<GrainSet> _sets = Gen.Select(Gen.Long[0, 13000], Gen.OneOf(Gen.Long[1, 70], Gen.Long[4000, 9000]))
        .Select((first, length) => new GrainRange(first, first + length)).Array[0, 8].Select(ranges => GrainSet.FromRanges(ranges));

    [Fact]
    public void Behaves_as_a_set_of_ranges() => Gen.Select(_sets, _sets, _sets).Sample((a, b, c) =>
    {
        GrainMap map = GrainMap.Empty.With(a).With(b).Without(c);
        GrainSet expected = a.Union(b).Except(c);
        Assert.Equal(expected, map.ToSet());
        Assert.Equal(expected.Count, map.Count);
        Assert.Equal(c.Except(expected), map.Missing(c));
        Assert.Equal(b.Except(expected), map.Missing(b));
        Assert.Equal(expected.Covers(b), map.Covers(b));
        Assert.True(map.Covers(expected));
        Assert.Equal(a, GrainMap.Empty.With(a).ToSet());
        foreach (long grain in (long[])[0, 4095, 4096, 5000, 13000, 30000])
        {
            Assert.Equal(expected.Contains(grain), map.Contains(grain));
        }
    });

    [Fact]
    public void A_map_takes_at_most_a_bit_a_grain()
    {
        const long Grains = 1_000_000;
        GrainMap map = GrainMap.Empty.With(GrainSet.Of(Enumerable.Range(0, (int)Grains / 2).Select(i => 2L * i)));

        // One bit a grain and one reference a page.
        Assert.InRange(map.Bytes, Grains / 8, (Grains / 8) + (16 * Grains / 4096) + 1024);
        Assert.True(GrainMap.Empty.With(GrainSet.All(Grains)).Bytes < Grains / 100);
    }
}
