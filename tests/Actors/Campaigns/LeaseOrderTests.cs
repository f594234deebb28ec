using CalciumSweep.Coordinator.Campaigns;
using Xunit;

namespace CalciumSweep.Actors.Campaigns;

public sealed class LeaseOrderTests
{
    [Theory]
    [InlineData(1, null)]
    [InlineData(2, null)]
    [InlineData(37, null)]
    [InlineData(64, 5)]
    [InlineData(1000, 0)]
    [InlineData(1000, 12345)]
    public void Every_grain_has_one_position(long grains, int? seed)
    {
        var order = new LeaseOrder(grains, seed);
        long[] all = [.. Enumerable.Range(0, (int)order.Positions).Select(p => order.GrainAt(p)).Where(g => g >= 0)];

        Assert.Equal(Enumerable.Range(0, (int)grains).Select(g => (long)g), all.Order());
        Assert.All(all, grain => Assert.Equal(grain, order.GrainAt(order.PositionOf(grain))));
    }

    [Fact]
    public void The_first_grains_are_spread_over_the_map() =>
        Assert.Equal([0, 4, 2, 6, 1, 5, 3, 7], Enumerable.Range(0, 8).Select(p => new LeaseOrder(8, null).GrainAt(p)));

    [Fact]
    public void A_seed_changes_the_order() => Assert.NotEqual(
        Enumerable.Range(0, 64).Select(p => new LeaseOrder(64, 1).GrainAt(p)),
        Enumerable.Range(0, 64).Select(p => new LeaseOrder(64, 2).GrainAt(p)));
}
