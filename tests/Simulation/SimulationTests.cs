using System.Collections.Concurrent;
using Xunit;

namespace CalciumSweep.Simulation;

public sealed class SimulationTests
{
    private const int Seeds = 1000;

    [Fact]
    public void Every_invariant_holds_for_a_thousand_seeds()
    {
        var failures = new ConcurrentBag<string>();
        Parallel.For(0, Seeds, seed =>
        {
            try
            {
                Run.Of(seed);
            }
            catch (ViolationException e)
            {
                failures.Add(e.Message);
            }
        });
        Assert.True(failures.IsEmpty, string.Join("\n\n", failures.Take(5)));
    }

    [Fact]
    public void A_seed_replays()
    {
        Assert.Equal(Run.Of(12), Run.Of(12));
        Assert.Equal(Run.Of(77), Run.Of(77));
    }
}
