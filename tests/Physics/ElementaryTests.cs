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

    [Fact]
    public void Log_and_pow_are_accurate_and_the_same_in_every_lane()
    {
        // Math.Log and Math.Pow are within 1 ulp; Log within 2, and Pow multiplies the absolute error of Log by its exponent.
        for (double x = 1e-300; x < 1e300; x *= 1.7)
        {
            double expected = Math.Log(x), actual = Elementary.Log(Lane1.All(x)).Value;
            Assert.InRange(Math.Abs(actual - expected), 0, 3 * 2.3e-16 * Math.Max(Math.Abs(expected), 1e-3));
            Assert.Equal(BitConverter.DoubleToInt64Bits(actual), First(Elementary.Log(Lane2.All(x))));
            Assert.Equal(BitConverter.DoubleToInt64Bits(actual), First(Elementary.Log(Lane4.All(x))));
            Assert.Equal(BitConverter.DoubleToInt64Bits(actual), First(Elementary.Log(Lane8.All(x))));
            foreach (double y in new[] { -0.9, 0.5, 1.787 })
            {
                if (Math.Abs(y * expected) < 700)
                {
                    double ratio = Elementary.Pow(Lane1.All(x), Lane1.All(y)).Value / Math.Pow(x, y);
                    Assert.InRange(Math.Abs(ratio - 1), 0, 3 * 2.3e-16 * (1 + Math.Abs(y * expected)));
                }
            }
        }

        Assert.InRange(Elementary.Pow(Lane1.All(0), Lane1.All(1.787)).Value, 0, 1e-300);
    }

    private static unsafe long First<V>(V value)
        where V : unmanaged => *(long*)&value;
}
