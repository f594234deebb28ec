using System.Diagnostics;
using System.Text.Json;

namespace CalciumSweep.Chaos;

/// <summary>One run: a cluster, a campaign, faults drawn from a seed, and the invariants afterwards.</summary>
internal sealed class Nemesis
{
    /// <summary>
    /// From the end of the last fault until every grain is done, beside the work itself. Two leases (2 × 10.5 s), the
    /// failure detector, 7 s and once more 7 s of the split brain resolver, 15 s in which the first seed looks for
    /// others, 10 s between two looks of the campaigns' keeper, 15 s of a read that a dead connection delays, and
    /// start-ups on a busy machine.
    /// </summary>
    private static readonly TimeSpan _recovery = TimeSpan.FromSeconds(120);
    private readonly Action<string> _say;
    private readonly int _seed;
    private readonly Random _random;

    /// <param name="seed">All that is drawn is drawn from it.</param>
    /// <param name="say">Told what happens.</param>
    public Nemesis(int seed, Action<string> say) => (_seed, _say, _random) = (seed, say, new Random(seed));

    /// <summary>True for a run without faults.</summary>
    public bool IsPeaceful { get; init; }

    /// <summary>Spoils the store before the invariants are checked: they are to see it.</summary>
    public Action<Session>? Tamper { get; init; }

    /// <summary>Runs it.</summary>
    /// <param name="keep">Leaves the folder with logs behind, whatever the end.</param>
    /// <exception cref="ViolationException">An invariant does not hold.</exception>
    public Outline Run(bool keep = false)
    {
        (Workload workload, ClusterShape shape) = Draw();
        _say($"{workload.Name}, {shape.Coordinators} coordinators, {shape.Workers} workers");
        Truth truth = Truth.Of(workload, _say);
        string folder = Directory.CreateTempSubdirectory($"calciumsweep-chaos-{_seed}-").FullName;
        try
        {
            Outline outline;
            using (var cluster = new Cluster(folder, shape, _say))
            {
                try
                {
                    outline = Run(cluster, workload, truth);
                }
                catch
                {
                    SaveLogs(cluster);
                    throw;
                }
            }

            if (!keep)
            {
                Directory.Delete(folder, recursive: true);
            }

            return outline;
        }
        catch (Exception e) when (e is not ViolationException)
        {
            throw new ViolationException($"{e}\nlogs in {folder}");
        }
        catch (ViolationException e)
        {
            throw new ViolationException($"{e.Message}\nlogs in {folder}");
        }
    }

    /// <summary>Waits until a campaign is done.</summary>
    public static JsonElement WaitUntilDone(Cluster cluster, string campaign, TimeSpan patience)
    {
        var start = Stopwatch.StartNew();
        JsonElement? last = null;
        while (start.Elapsed < Patience.Of(patience))
        {
            foreach (Node node in cluster.Coordinators.Where(node => node.HasStarted))
            {
                last = node.Ask($"/api/campaigns/{campaign}") ?? last;
                if (last?.GetProperty("state").GetString() == "completed")
                {
                    return last.Value;
                }
            }

            Thread.Sleep(200);
        }

        throw new ViolationException($"I6: not done {start.Elapsed.TotalSeconds:0} s after the last fault: {last?.ToString() ?? "no coordinator answers"}");
    }

    private (Workload Workload, ClusterShape Shape) Draw()
    {
        int kind = _random.Next(10);
        Workload workload = kind < 7 ? Workload.Sleep : kind < 9 ? Workload.Poison : Workload.Sites;
        int coordinators = _random.Next(3) == 0 ? 3 : 1, workers = _random.Next(2, 4);
        string? fake = _random.Next(4) == 0 ? FakeTime() : null;
        return (workload, new ClusterShape(coordinators, workers) { FakeTime = fake });
    }

    private Outline Run(Cluster cluster, Workload workload, Truth truth)
    {
        var start = Stopwatch.StartNew();
        cluster.Start();
        string campaign = cluster.Submit(workload.Spec);
        cluster.Database.Read(session => session.ExecuteScalar(Invariants.CountAttempts));
        Footprint[] before = [.. cluster.Nodes.Select(Footprint.Of)];
        using var observer = new Observer(cluster, campaign);
        SpinWait.SpinUntil(() => observer.Stored > 0, TimeSpan.FromSeconds(30));
        IReadOnlyList<Fault> faults = IsPeaceful ? [] : Schedule.Draw(_random, cluster);
        Inflict(faults);
        cluster.Heal();
        long healed = Stopwatch.GetTimestamp();
        _say("all faults have ended");
        JsonElement status = WaitUntilDone(cluster, campaign, _recovery);
        TimeSpan recovery = Stopwatch.GetElapsedTime(healed);
        Cluster.Wait(cluster.Nodes);
        observer.Dispose();
        if (Tamper is { } tamper)
        {
            cluster.Database.Read(session =>
            {
                tamper(session);
                return true;
            });
        }

        var invariants = new Invariants(cluster, workload, campaign, status, truth);
        IReadOnlyList<string> violations = [.. observer.Violations, .. invariants.Check(faults, before)];
        return violations.Count == 0
            ? new(_seed, workload.Name, status.GetProperty("digest").GetString()!, invariants.Repeated, recovery, start.Elapsed, faults.Count)
            : throw new ViolationException(string.Join('\n', violations));
    }

    private void Inflict(IReadOnlyList<Fault> faults)
    {
        var due = new PriorityQueue<(string What, Action Act), double>();
        foreach (Fault fault in faults)
        {
            due.Enqueue((fault.ToString(), fault.Begin), fault.At);
            due.Enqueue(($"{fault.At + fault.Lasts,5:0.0} s  end of: {fault.What}", fault.End), fault.At + fault.Lasts);
        }

        var clock = Stopwatch.StartNew();
        while (due.TryDequeue(out (string What, Action Act) next, out double at))
        {
            TimeSpan wait = TimeSpan.FromSeconds(at) - clock.Elapsed;
            if (wait > TimeSpan.Zero)
            {
                Thread.Sleep(wait);
            }

            _say(next.What);
            next.Act();
        }
    }

    private static void SaveLogs(Cluster cluster)
    {
        // The nodes' disks are gone with the cluster.
        foreach (Node node in cluster.Nodes)
        {
            foreach (string log in Directory.EnumerateFiles(node.Folder, "*.log", SearchOption.AllDirectories))
            {
                File.Copy(log, Path.Combine(cluster.Folder, $"disk-{node.Number}-{Path.GetFileName(log)}"), overwrite: true);
            }
        }
    }

    private static string? FakeTime() => new[] { "x86_64", "aarch64" }
        .Select(machine => $"/usr/lib/{machine}-linux-gnu/faketime/libfaketimeMT.so.1").FirstOrDefault(File.Exists);
}
