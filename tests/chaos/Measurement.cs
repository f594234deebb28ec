using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CalciumSweep.Unit;

namespace CalciumSweep.Chaos;

/// <summary>What the table of docs/reliability.md says, one method a row.</summary>
internal static class Measurement
{
    /// <summary>Measures what is named, or everything.</summary>
    /// <returns>Exit code: 1 if something misses its bound.</returns>
    public static int Run(string[] names)
    {
        (string Name, Func<bool> Measure)[] all =
        [
            ("no-op", NoOp), ("share", Share), ("coordinator-kill", CoordinatorKill), ("worker-kill", WorkerKill),
            ("database-away", DatabaseAway), ("thousand-workers", ThousandWorkers.Measure),
            ("scale-down", ScaleDowns.Measure), ("rolling-upgrade", RollingUpgrade.Measure),
        ];
        if (names.Except(all.Select(one => one.Name), StringComparer.Ordinal).FirstOrDefault() is { } unknown)
        {
            Console.Error.WriteLine($"there is no '{unknown}': {string.Join(", ", all.Select(one => one.Name))}");
            return 2;
        }

        bool isGood = true;
        foreach ((string name, Func<bool> measure) in all.Where(one => names.Length == 0 || names.Contains(one.Name, StringComparer.Ordinal)))
        {
            Say($"{name}, {Patience.Crowding:0.0} runnable threads a core");
            isGood &= measure();
        }

        return isGood ? 0 : 1;
    }

    /// <summary>Prints a figure with its bound.</summary>
    public static bool Judge(string what, double value, string unit, double bound, bool atMost)
    {
        bool holds = atMost ? value <= bound : value >= bound;
        Say(string.Create(CultureInfo.InvariantCulture, $"  {(holds ? "" : "MISSED: ")}{what} {value:0.###} {unit} ({(atMost ? "at most" : "at least")} {bound:0.###})"));
        return holds;
    }

    public static void Say(string what) => Console.WriteLine(what);

    /// <summary>Runs something on a cluster that is removed after it.</summary>
    public static T With<T>(ClusterShape shape, Func<Cluster, T> measure)
    {
        string folder = Directory.CreateTempSubdirectory("calciumsweep-measure-").FullName;
        using (new FolderRemoval(folder))
        using (var cluster = new Cluster(folder, shape with { IsMeasured = true }, what => Say($"  {what}")))
        {
            cluster.Start();
            return measure(cluster);
        }
    }

    // Two workers of one thread each, a coordinator, the database: 10⁶ simulations that do nothing.
    private static bool NoOp() => With(new ClusterShape(1, 2) { Threads = 1, IsLoopback = true }, cluster =>
    {
        string spec = File.ReadAllText(Repository.PathOf("benchmarks", "no-op.yaml"));
        var costs = new List<(double Wall, double Core)>();
        for (int run = 1; run <= 3; run++)
        {
            double before = CoreSeconds(cluster);
            string campaign = cluster.Submit($"{spec}\nseed: {run}\n");
            JsonElement status = Nemesis.WaitUntilDone(cluster, campaign, TimeSpan.FromSeconds(300));
            double simulations = status.GetProperty("done").GetDouble();
            costs.Add((1e6 / status.GetProperty("simulationsPerSecond").GetDouble(), 1e6 * (CoreSeconds(cluster) - before) / simulations));
        }

        Say($"  each run, wall clock: {string.Join(", ", costs.Select(c => c.Wall.ToString("0.00", CultureInfo.InvariantCulture)))} µs a simulation");
        return Judge("core time of workers, coordinator and PostgreSQL, least of 3,", costs.Min(c => c.Core), "µs a simulation", 40, atMost: true)
            & Judge("wall clock, least of 3,", costs.Min(c => c.Wall), "µs a simulation", 20, atMost: true);
    });

    // 4,000 simulations that keep a core busy for 10 ms each.
    private static bool Share() => With(new ClusterShape(1, 2) { Threads = 1, IsLoopback = true }, cluster =>
    {
        const double Cost = 0.01;
        var shares = new List<double>();
        for (int run = 1; run <= 3; run++)
        {
            string campaign = cluster.Submit($$"""
                name: ten-ms
                scenario: no-op
                set: { cost: {{Cost}} }
                axes:
                  - { parameter: x, from: 0, to: 1, points: 25 }
                  - { parameter: y, from: 0, to: 1, points: 10 }
                replicates: 16
                seed: {{run}}
                """);
            JsonElement status = Nemesis.WaitUntilDone(cluster, campaign, TimeSpan.FromSeconds(300));
            shares.Add(status.GetProperty("simulationsPerSecond").GetDouble() * Cost / 2);
        }

        Say($"  each run: {string.Join(", ", shares.Select(s => s.ToString("0.000", CultureInfo.InvariantCulture)))}");
        return Judge("useful share of two threads, from the first lease to the end, best of 3,", shares.Max(), "", 0.95, atMost: false);
    });

    private static bool CoordinatorKill() => With(new ClusterShape(1, 2), cluster =>
    {
        string spec = Sleeping(points: 1600);
        string campaign = cluster.Submit(spec);
        using var observer = new Observer(cluster, campaign);
        double before = Rate(cluster, campaign, 15, 30);
        Node coordinator = cluster.Coordinators.Single();
        coordinator.Signal(Shell.SigKill); // the supervisor starts it again
        double after = Rate(cluster, campaign, 0, 60);
        JsonElement status = Nemesis.WaitUntilDone(cluster, campaign, TimeSpan.FromSeconds(120));
        observer.Dispose();
        Truth truth = Truth.InOneProcess(spec, 32), came = Truth.Read(cluster, campaign, status);
        Say($"  {before:0.0} simulations/s in the 30 s before, {after:0.0} in the 60 s after");
        Say($"  {status.GetProperty("done")} done, digest {(came == truth ? "equal to that of an undisturbed run" : "DIFFERENT")}; {observer.Violations.Count} results lost");
        return Judge("throughput after over before", after / before, "", 0.95, atMost: false) & came == truth & observer.Violations.Count == 0;
    });

    // Four simulations of 8 s each on two workers of four threads: whoever has more of them is killed, and the other one has
    // threads for all that it loses. From the kill to the last new start; each starts 8 s before it is stored.
    private static bool WorkerKill()
    {
        const double Pause = 8;
        return With(new ClusterShape(1, 2) { Threads = 4 }, cluster =>
        {
            string campaign = cluster.Submit(Workload.Sleeping("re-lease", Pause, 4, 1));
            cluster.Database.Read(session => session.ExecuteScalar(Invariants.CountAttempts));
            Node coordinator = cluster.Coordinators.Single();
            int[] busy = [0, 0];
            while (busy.Sum() < 4)
            {
                busy = [.. cluster.Workers.Select(worker => Report(coordinator, cluster, worker)?.GetProperty("busy").GetInt32() ?? 0)];
            }

            int most = busy[0] >= busy[1] ? 0 : 1;
            Node killed = cluster.Workers.ElementAt(most);
            killed.IsWanted = false;
            killed.Signal(Shell.SigKill);
            var clock = Stopwatch.StartNew();
            double worst = 0;
            for (int stored = 0; stored < 4; Thread.Sleep(20))
            {
                int now = cluster.Database.Read(session => Observer.Grains(session, campaign)).Count;
                (stored, worst) = (now, now > stored ? clock.Elapsed.TotalSeconds - Pause : worst);
            }

            long attempts = cluster.Database.Read(session => Convert.ToInt64(session.ExecuteScalar("SELECT count(*) FROM attempt"), CultureInfo.InvariantCulture));
            Say($"  {busy[most]} of 4 simulations were lost; {attempts} came to the store, of 4");
            return Judge("from the kill to the last lost simulation's new start", worst, "s", 12, atMost: true) & attempts == 4;
        });
    }

    // Long enough that half of a worker's share of what is left outlasts the database.
    private static bool DatabaseAway() => With(new ClusterShape(1, 2), cluster =>
    {
        string campaign = cluster.Submit(Sleeping(points: 6400));
        using var observer = new Observer(cluster, campaign);
        double before = Rate(cluster, campaign, 30, 30);
        (double start, long atStart) = Stored(cluster, campaign);
        double solved = SolverSeconds(cluster);
        cluster.Database.Kill();
        Thread.Sleep(TimeSpan.FromSeconds(60));
        cluster.Database.Start();
        Thread.Sleep(TimeSpan.FromSeconds(5));
        (double end, long atEnd) = Stored(cluster, campaign);
        double busy = (SolverSeconds(cluster) - solved) / (end - start) / (cluster.Workers.Count() * cluster.Shape.Threads);
        double during = (atEnd - atStart) / (end - start);
        observer.Dispose();
        Say($"  {before:0.0} simulations/s in the 30 s before, {during:0.0} stored a second of those from the kill until 5 s after it was back; {observer.Violations.Count} results lost");
        return Judge("solver threads at work in that time,", busy, "of it", 0.99, atMost: false)
            & Judge("stored 5 s after it is back, over what is computed in that time at the rate before,", during / before, "", 0.95, atMost: false)
            & observer.Violations.Count == 0;
    });

    // 4 threads of at most 100 simulations a second: 32 replicates of 1,600 points are 128 s.
    private static string Sleeping(int points) => Workload.Sleeping("throughput", 0.01, points, 32);

    private static double Rate(Cluster cluster, string campaign, double skip, double seconds)
    {
        Thread.Sleep(TimeSpan.FromSeconds(skip));
        (double start, long atStart) = Stored(cluster, campaign);
        Thread.Sleep(TimeSpan.FromSeconds(seconds));
        (double end, long atEnd) = Stored(cluster, campaign);
        return (atEnd - atStart) / (end - start);
    }

    private static (double At, long Simulations) Stored(Cluster cluster, string campaign)
    {
        long stored = cluster.Database.Read(session => Convert.ToInt64(
            session.ExecuteScalar($"SELECT coalesce(sum(g.simulations), 0) FROM grain g JOIN campaign c ON c.key = g.campaign WHERE c.id = '{campaign}'"),
            CultureInfo.InvariantCulture));
        return (Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency, stored);
    }

    /// <summary>Time of all workers' threads inside the solver so far.</summary>
    private static double SolverSeconds(Cluster cluster) => cluster.Workers.Sum(worker =>
        Report(cluster.Coordinators.First(), cluster, worker)?.GetProperty("solverSeconds").GetDouble()
        ?? throw new ViolationException($"{worker.Name} does not say what it does"));

    /// <summary>What a worker says of itself; null if it does not.</summary>
    private static JsonElement? Report(Node coordinator, Cluster cluster, Node worker)
    {
        string place = $"{cluster.Network.Host(worker.Number)}:{cluster.Network.Port(worker.Number)}";
        return coordinator.Ask("/api/workers") is { } all
            && all.EnumerateArray().FirstOrDefault(one => one.GetProperty("node").GetString() == place) is { ValueKind: JsonValueKind.Object } own
            && own.GetProperty("worker").ValueKind == JsonValueKind.String ? own : null;
    }

    /// <summary>Core time of all nodes and of the database so far.</summary>
    private static double CoreSeconds(Cluster cluster) =>
        cluster.Nodes.Sum(node => Shell.CoreSeconds(node.ProcessId))
        + new[] { cluster.Database.ProcessId }.Concat(Shell.Children(cluster.Database.ProcessId)).Sum(Shell.CoreSeconds);
}
