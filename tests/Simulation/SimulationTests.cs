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

    /// <summary>A mutation: if nothing is ever wrong without the fence, these worlds do not show that it works.</summary>
    [Fact]
    public void Without_its_fence_the_store_loses_results_to_a_coordinator_that_was_replaced()
    {
        var failures = new ConcurrentBag<string>();
        Parallel.For(0, Seeds, seed =>
        {
            try
            {
                Run.Of(seed, isFenced: false);
            }
            catch (ViolationException e)
            {
                failures.Add(e.Message);
            }
        });
        Assert.True(failures.Any(message => message.Contains("the digest is another", StringComparison.Ordinal)), string.Join("\n\n", failures.Take(3)));
    }

    [Fact]
    public void A_seed_replays()
    {
        Assert.Equal(Run.Of(12), Run.Of(12));
        Assert.Equal(Run.Of(77), Run.Of(77));
    }
}
