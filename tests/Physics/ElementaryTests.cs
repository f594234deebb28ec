using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Physics;

/// <summary>Functions built from lane operations.</summary>
public sealed class ElementaryTests
{
    [Fact]
    public void Exp_is_within_two_ulps_and_the_same_in_every_lane()
    {
        // Math.Exp is itself within 1 ulp, ours within 1.
        for (double x = -700; x < 700; x += 0.37)
        {
            double expected = Math.Exp(x), actual = Elementary.Exp(Lane1.All(x)).Value;
            Assert.InRange(Math.Abs((actual / expected) - 1), 0, 2 * 2.3e-16);
            Assert.Equal(BitConverter.DoubleToInt64Bits(actual), First(Elementary.Exp(Lane2.All(x))));
            Assert.Equal(BitConverter.DoubleToInt64Bits(actual), First(Elementary.Exp(Lane4.All(x))));
            Assert.Equal(BitConverter.DoubleToInt64Bits(actual), First(Elementary.Exp(Lane8.All(x))));
        }
    }

    private static unsafe long First<V>(V value)
        where V : unmanaged => *(long*)&value;
}
