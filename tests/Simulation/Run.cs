namespace CalciumSweep.Simulation;

/// <summary>One world from its first event to its end.</summary>
public static class Run
{
    // Once nothing goes wrong any more: a frozen process 30 s, a worker's restart 15 s, three lease times, and 2 deaths for poison.
    private const double PatienceSeconds = 180;

    // Two ticks a second of every process, their messages and answers; more for each grain, doubled and repeated. A storm has thousands.
    private const double EventsPerSecond = 15, EventsPerGrain = 40;

    /// <summary>Runs a seed.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="trace">Told of everything that happens.</param>
    /// <param name="isFenced">False: a mutation; the store does what a replaced coordinator tells it.</param>
    /// <exception cref="ViolationException">An invariant does not hold; the message ends with the command that shows it again.</exception>
    public static Outline Of(int seed, Action<string>? trace = null, bool isFenced = true)
    {
        try
        {
            return ToEnd(seed, trace, isFenced);
        }
        catch (Exception e)
        {
            throw new ViolationException(
                $"seed {seed}: {(e is ViolationException ? e.Message : e.ToString())}\n"
                + $"replay: dotnet run -c Release --project tests/Simulation -- --seeds 1 --from {seed}");
        }
    }

    private static Outline ToEnd(int seed, Action<string>? trace, bool isFenced)
    {
        var cluster = new Cluster(seed, trace, isFenced);
        World world = cluster.World;
        new Nemesis(cluster).Begin();
        world.After(world.Circumstances.FaultSeconds, "nemesis", () =>
        {
            world.Heal();
            cluster.Store.IsAway = false;
        });

        // All work again, one grain after the other on the slowest worker there was, guarded (1.5 times as dear), is the most that it may take.
        double work = cluster.Truths.Values.Sum(truth => Enumerable.Range(0, truth.Grains).Sum(grain => truth.Cost(grain)));
        double slowest = 1, grains = cluster.Truths.Values.Sum(truth => truth.Grains);
        int processes = world.Circumstances.Workers + 2;
        while (!world.IsHealed || !cluster.User.IsContent)
        {
            Invariants.Require(world.Step(), "nothing happens any more");
            slowest = Math.Max(slowest, cluster.Workers.Max(worker => worker.Slowness));
            Invariants.Require(
                world.Now.TotalSeconds < world.Circumstances.FaultSeconds + PatienceSeconds + (1.5 * work * slowest)
                && world.Events < (EventsPerSecond * processes * cluster.Truths.Count * (world.Now.TotalSeconds + 1)) + (EventsPerGrain * grains),
                $"no end after {world.Now.TotalSeconds:0} s of virtual time and {world.Events} events");
        }

        TimeSpan done = world.Now;
        while (world.Now < done + TimeSpan.FromSeconds(70))
        {
            world.Step();
        }

        cluster.Check.AtEnd();
        return new(seed, world.Events, done.TotalSeconds, cluster.Check.Repeated, cluster.Fenced);
    }
}
