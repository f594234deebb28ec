namespace CalciumSweep.Simulation;

/// <summary>What kind of world a seed makes: some are calm in all respects but one, so that each fault is met alone too.</summary>
internal sealed class Circumstances
{
    public Circumstances(Random random)
    {
        Loss = Sometimes(random, 0.3);
        Doubling = Sometimes(random, 0.3);
        Lateness = Sometimes(random, 0.2);
        WorkerCrashes = Sometimes(random, 0.1);
        CoordinatorCrashes = Sometimes(random, 0.08);
        PersistCrashes = Sometimes(random, 0.03);
        Partitions = Sometimes(random, 0.1);
        Freezes = Sometimes(random, 0.08);
        StoreOutages = Sometimes(random, 0.08);
        StoreLostAnswers = Sometimes(random, 0.1);
        Rejoins = Sometimes(random, 0.1);
        Departures = Sometimes(random, 0.05);
        Zombies = random.Next(3) == 0;
        StoreFreezes = Zombies ? Sometimes(random, 1) : 0;
        UserActs = random.Next(2) == 0;
        UserRemoves = random.Next(3) == 0;
        Workers = random.Next(1, 6);
        Campaigns = random.Next(4) == 0 ? random.Next(2, 4) : 1;
        FaultSeconds = UserRemoves ? random.Next(60, 180) : random.Next(10, 90);
        IsReachabilityKnown = random.Next(2) == 0;
        Poison = random.Next(3) == 0 || UserRemoves ? random.Next(1, 3) : 0;
    }

    public double Loss { get; }

    public double Doubling { get; }

    /// <summary>Probability that a message takes seconds.</summary>
    public double Lateness { get; }

    /// <summary>Kills of a worker, per second.</summary>
    public double WorkerCrashes { get; }

    public double CoordinatorCrashes { get; }

    /// <summary>Probability that the coordinator dies around a write to its journal.</summary>
    public double PersistCrashes { get; }

    public double Partitions { get; }

    public double Freezes { get; }

    public double StoreOutages { get; }

    /// <summary>Probability that a write is done and its answer lost.</summary>
    public double StoreLostAnswers { get; }

    /// <summary>New actor systems around a worker at work, per second.</summary>
    public double Rejoins { get; }

    /// <summary>Workers that leave in good order, per second.</summary>
    public double Departures { get; }

    /// <summary>A coordinator that is replaced while it still runs.</summary>
    public bool Zombies { get; }

    /// <summary>Probability that a coordinator stands still between the journal of a removal and the store, and is replaced before it goes on; a tenth of that with any other use.</summary>
    public double StoreFreezes { get; }

    /// <summary>The user pauses, cancels, retries, deletes.</summary>
    public bool UserActs { get; }

    /// <summary>The user retries and deletes as often as it does anything.</summary>
    public bool UserRemoves { get; }

    public int Workers { get; }

    public int Campaigns { get; }

    /// <summary>Longer where results are removed: poison has to be quarantined before it can be tried again.</summary>
    public int FaultSeconds { get; }

    /// <summary>A failure detector tells the coordinator of dead workers.</summary>
    public bool IsReachabilityKnown { get; }

    /// <summary>Simulations of each campaign that kill their process.</summary>
    public int Poison { get; }

    private static double Sometimes(Random random, double most) =>
        random.Next(2) == 0 ? 0 : random.NextDouble() * most;
}
