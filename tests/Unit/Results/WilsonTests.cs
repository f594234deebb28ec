using CalciumSweep.Shared.Results;
using Xunit;

namespace CalciumSweep.Unit.Results;

public sealed class WilsonTests
{
    [Fact]
    public void Interval_matches_the_solution_of_its_defining_equation()
    {
        // Both ends solve |p − x/n| = z·sqrt(p(1 − p)/n); the residual is rounding of a few operations of size 1.
        (double low, double high) = Wilson.Interval(7, 20);
        foreach (double p in new[] { low, high })
        {
            Assert.Equal(Math.Abs(p - 0.35), 1.959963984540054 * Math.Sqrt(p * (1 - p) / 20), 1e-14);
        }
    }

    [Fact]
    public void Certain_counts_reach_exactly_zero_and_one()
    {
        Assert.Equal(0.0, Wilson.Interval(0, 16).Low);
        Assert.Equal(1.0, Wilson.Interval(16, 16).High);
    }

    [Fact]
    public void Nothing_tried_says_nothing() => Assert.Equal((0.0, 1.0), Wilson.Interval(0, 0));

    [Fact]
    public void More_successes_than_trials_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Wilson.Interval(3, 2));
}
