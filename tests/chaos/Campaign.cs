using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace CalciumSweep.Chaos;

/// <summary>Many seeds.</summary>
internal static class Campaign
{
    /// <summary>Runs them and sums up.</summary>
    /// <returns>Exit code.</returns>
    public static int Run(string[] arguments)
    {
        int seeds = Number(arguments, "--seeds", 1), from = Number(arguments, "--from", 0), parallel = Number(arguments, "--parallel", 1);
        bool keep = arguments.Contains("--keep"), quiet = arguments.Contains("--quiet");
        var ended = new List<Outline>();
        int failed = 0;
        var gate = new Lock();
        using PosixSignalRegistration term = OnSignal(PosixSignal.SIGTERM), interrupt = OnSignal(PosixSignal.SIGINT);
        Parallel.ForEach(Partitioner.Create(Enumerable.Range(from, seeds), EnumerablePartitionerOptions.NoBuffering), new ParallelOptions { MaxDegreeOfParallelism = parallel }, seed =>
        {
            var clock = Stopwatch.StartNew();
            void Say(string what)
            {
                if (!quiet)
                {
                    Print(string.Create(CultureInfo.InvariantCulture, $"[{seed} {clock.Elapsed.TotalSeconds,5:0.0}] {what}"));
                }
            }

            void Print(string line)
            {
                lock (gate)
                {
                    Console.WriteLine(line);
                }
            }

            try
            {
                Outline run = new Nemesis(seed, Say).Run(keep);
                Print(string.Create(
                    CultureInfo.InvariantCulture,
                    $"seed {seed}: {run.Workload}, {run.Faults} faults, {run.Repeated} grains repeated, done {run.Recovery.TotalSeconds:0.0} s after the last fault, {run.Time.TotalSeconds:0} s in all, {run.Digest}"));
                lock (gate)
                {
                    ended.Add(run);
                }
            }
            catch (Exception e)
            {
                Interlocked.Increment(ref failed);
                Print($"seed {seed} FAILED: {(e is ViolationException ? e.Message : e)}\nagain: tests/chaos/run --seeds 1 --from {seed}");
            }
        });
        foreach (IGrouping<string, Outline> kind in ended.GroupBy(run => run.Workload, StringComparer.Ordinal))
        {
            Console.WriteLine(
                $"{kind.Key}: {kind.Count()} runs, {kind.Select(run => run.Digest).Distinct(StringComparer.Ordinal).Count()} digest(s), "
                + $"{kind.Sum(run => run.Faults)} faults, {kind.Sum(run => run.Repeated)} grains repeated");
        }

        Console.WriteLine($"{seeds} seeds, {failed} failed");
        return failed == 0 ? 0 : 1;
    }

    // Namespaces, mounts and processes are to be gone with the driver.
    private static PosixSignalRegistration OnSignal(PosixSignal signal) => PosixSignalRegistration.Create(signal, _ =>
    {
        Cluster.DisposeAll();
        Environment.Exit(3);
    });

    private static int Number(string[] arguments, string name, int otherwise)
    {
        int at = Array.IndexOf(arguments, name);
        return at >= 0 && at + 1 < arguments.Length && int.TryParse(arguments[at + 1], CultureInfo.InvariantCulture, out int given) ? given : otherwise;
    }
}
