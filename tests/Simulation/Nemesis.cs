namespace CalciumSweep.Simulation;

/// <summary>Does harm once in a while, until the world is healed.</summary>
internal sealed class Nemesis(Cluster cluster)
{
    private const double Interval = 0.25;

    public void Begin() => cluster.World.After(Interval, "nemesis", Act);

    private void Act()
    {
        World world = cluster.World;
        if (world.IsHealed)
        {
            return;
        }

        Circumstances c = world.Circumstances;
        if (Happens(c.CoordinatorCrashes))
        {
            cluster.Leader?.Crash();
        }

        if (c.Zombies && Happens(0.03))
        {
            cluster.SplitBrain();
        }

        if (Happens(c.StoreOutages))
        {
            cluster.Store.IsAway = true;
            world.After(world.Between(0.5, 30), "nemesis", () => cluster.Store.IsAway = false);
        }

        if (Happens(c.Freezes) && cluster.Leader is { } leader)
        {
            world.Freeze(leader.Name, world.Between(1, 20));
        }

        foreach (SimulatedWorker worker in cluster.Workers.Where(worker => worker.IsAlive).ToList())
        {
            Act(worker);
        }

        world.After(Interval, "nemesis", Act);
    }

    private void Act(SimulatedWorker worker)
    {
        World world = cluster.World;
        Circumstances c = world.Circumstances;
        if (Happens(c.WorkerCrashes))
        {
            worker.Crash();
        }
        else if (Happens(c.Departures))
        {
            worker.Leave();
        }
        else if (Happens(c.Rejoins))
        {
            worker.Rejoin();
        }
        else if (Happens(c.Freezes))
        {
            world.Freeze(worker.ProcessName, world.Between(1, 30));
        }
        else if (Happens(c.Partitions) && cluster.Leader is { } leader)
        {
            Cut(worker.ProcessName, leader.Name);
        }
    }

    private void Cut(string worker, string leader)
    {
        World world = cluster.World;
        bool there = world.Random.Next(3) != 0, back = !there || world.Random.Next(3) != 0;
        if (there)
        {
            world.Cut(worker, leader);
        }

        if (back)
        {
            world.Cut(leader, worker);
        }

        world.After(world.Between(1, 40), "nemesis", () =>
        {
            world.Mend(worker, leader);
            world.Mend(leader, worker);
        });
    }

    private bool Happens(double perSecond) => cluster.World.Chance(perSecond * Interval);
}
