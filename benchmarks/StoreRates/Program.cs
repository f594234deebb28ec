using System.Globalization;
using CalciumSweep.StoreRates;

// StoreRates sqlite FILE | StoreRates URL SERVER-PID, then RUNS: prints a line for each shape of campaign.
string store = args[0];
int server = store == "sqlite" ? 0 : int.Parse(args[1], CultureInfo.InvariantCulture);
int runs = int.Parse(args[2], CultureInfo.InvariantCulture);
foreach (int replicates in new[] { 1, 16 })
{
    foreach (int writers in server == 0 ? [1] : new[] { 1, 2 })
    {
        Rates[] all = [.. Enumerable.Range(0, runs + 1)
            .Select(run => Measurement.Run(store == "sqlite" ? args[1] + $"-{replicates}-{run}" : store, server, replicates, writers, run))
            .Skip(1)]; // the first one compiles
        Rates best = all.MaxBy(one => one.SimulationsPerSecond)!;
        Rates median = all.OrderBy(one => one.SimulationsPerSecond).ElementAt(all.Length / 2);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{(server == 0 ? "SQLite" : "PostgreSQL"),-10} {writers} connection{(writers == 1 ? " " : "s")} {replicates,2} replicates a point: {median.SimulationsPerSecond,9:N0} simulations/s (best {best.SimulationsPerSecond,9:N0}), {median.PointsPerSecond,7:N0} point rows/s; core time a simulation: client {best.ClientMicroseconds:F2} µs, server {best.ServerMicroseconds:F2} µs; again: {median.AgainPerSecond,9:N0} simulations/s"));
    }
}
