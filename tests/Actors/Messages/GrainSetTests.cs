using CalciumSweep.Shared.Messages;
using CsCheck;
using Xunit;

namespace CalciumSweep.Actors.Messages;

public sealed class GrainSetTests
{
    private static readonly Gen<long[]> _grains = Gen.Long[0, 60].Array[0, 40];

    [Fact]
    public void Behaves_as_a_set_of_numbers() => Gen.Select(_grains, _grains).Sample((a, b) =>
    {
        GrainSet left = GrainSet.Of(a), right = GrainSet.Of(b);
        HashSet<long> both = [.. a], difference = [.. a];
        both.UnionWith(b);
        difference.ExceptWith(b);
        Same(a.Distinct(), left);
        Same(both, left.Union(right));
        Same(difference, left.Except(right));
        Assert.Equal(a.ToHashSet().IsSupersetOf(b), left.Covers(right));
        for (long grain = 0; grain <= 61; grain++)
        {
            Assert.Equal(a.Contains(grain), left.Contains(grain));
        }
    });

    [Fact]
    public void Equal_sets_have_equal_ranges() => _grains.Sample(a =>
        Assert.Equal(GrainSet.Of(a), GrainSet.Of(a.Reverse()).Union(GrainSet.Of(a.Take(3)))));

    [Fact]
    public void Ranges_that_touch_are_one()
    {
        var set = GrainSet.FromRanges([new(4, 6), new(0, 2), new(2, 4), new(9, 9)]);

        Assert.Equal([new GrainRange(0, 6)], set.Ranges);
        Assert.Equal("{0-5}", set.ToString());
    }

    [Fact]
    public void A_grain_below_zero_is_refused() =>
        Assert.Throws<ArgumentException>(() => GrainSet.FromRanges([new(-1, 2)]));

    private static void Same(IEnumerable<long> expected, GrainSet set)
    {
        Assert.Equal(expected.Order(), set.Grains);
        Assert.Equal(set.Grains.LongCount(), set.Count);
        for (int i = 1; i < set.Ranges.Count; i++)
        {
            Assert.True(set.Ranges[i - 1].End < set.Ranges[i].First);
        }
    }
}
