using CalciumSweep.Solver.Random;

namespace CalciumSweep.Physics.Random;

public sealed class ScalarLogTests
{
    // Both logarithms claim 1 ulp, so they may differ by 2.
    private const double Ulps = 2;

    [Fact]
    public void Log_is_within_two_ulps_of_the_platform_on_a_hundred_thousand_points()
    {
        var cursor = new RandomCursor(new RandomStream(11, 0, 0));
        double worst = 0;
        for (int i = 0; i < 50_000; i++)
        {
            worst = Math.Max(worst, Distance(cursor.NextUniform()));
            worst = Math.Max(worst, Distance(Math.ScaleB(1 + cursor.NextUniform(), (int)(cursor.NextUniform() * 2000) - 1000)));
        }

        Assert.True(worst <= Ulps, $"worst: {worst} ulps");
    }

    [Fact]
    public void Log_keeps_its_relative_accuracy_beside_1()
    {
        double worst = 0;
        for (int k = 1; k <= 53; k++)
        {
            worst = Math.Max(worst, Distance(1 - Math.ScaleB(1, -k)));
            worst = Math.Max(worst, Distance(1 + Math.ScaleB(1, -Math.Min(k, 52))));
        }

        Assert.True(worst <= Ulps, $"worst: {worst} ulps");
    }

    [Fact]
    public void Log_knows_the_ends_of_its_domain()
    {
        Assert.Equal(0, ScalarLog.Log(1));
        Assert.Equal(double.NegativeInfinity, ScalarLog.Log(0));
        Assert.Equal(double.PositiveInfinity, ScalarLog.Log(double.PositiveInfinity));
        Assert.True(double.IsNaN(ScalarLog.Log(-1)));
        Assert.True(double.IsNaN(ScalarLog.Log(double.NaN)));
        Assert.Equal(Math.Log(double.Epsilon), ScalarLog.Log(double.Epsilon), 1e-12);
        Assert.Equal(Math.Log(double.MaxValue), ScalarLog.Log(double.MaxValue), 1e-12);
    }

    private static double Distance(double x)
    {
        double expected = Math.Log(x);
        return Math.Abs(ScalarLog.Log(x) - expected) / (Math.BitIncrement(Math.Abs(expected)) - Math.Abs(expected));
    }
}
