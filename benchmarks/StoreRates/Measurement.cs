using System.Diagnostics;
using System.Globalization;
using CalciumSweep.Shared;
using CalciumSweep.Shared.Results;
using CalciumSweep.Solver.Engine;
using CalciumSweep.Store;

namespace CalciumSweep.StoreRates;

/// <summary>Writes a campaign of simulations that cost nothing, as a worker does: grains of 4,096, some in one transaction.</summary>
internal static class Measurement
{
    private const int Grains = 256, GrainSize = 4096, GrainsInWrite = 8;

    public static Rates Run(string place, int server, int replicates, int writers, int run)
    {
        var layout = new GrainLayout((long)Grains * GrainSize / replicates, replicates, GrainSize / replicates, replicates);
        var campaign = new CampaignRecord(
            new CampaignId($"rates-{replicates}-{writers}-{run}-{Guid.NewGuid():N}"), Guid.NewGuid().ToString(), "name: rates\n", layout,
            CampaignStatus.Running, [], 0, DateTimeOffset.UtcNow)
        {
            Observe = ["sum", "draw"],
        };
        GrainResult pattern = Pattern();
        using IResultStore store = server == 0 ? SqliteResults.Open(place) : PostgresResults.Open(StoreAddress.Parse(place));
        store.SaveCampaign(campaign);

        TimeSpan client = Environment.CpuUsage.TotalTime, remote = CoreTime(server);
        TimeSpan first = Write(store, campaign, pattern, writers);
        client = Environment.CpuUsage.TotalTime - client;
        remote = CoreTime(server) - remote;
        TimeSpan again = Write(store, campaign, pattern, writers);
        if (store.Totals(campaign.Id).Simulations != layout.Simulations)
        {
            throw new InvalidOperationException("Something was lost or doubled.");
        }

        store.DeleteCampaign(campaign.Id);
        double n = layout.Simulations;
        return new(
            n / first.TotalSeconds, layout.Points / first.TotalSeconds, n / again.TotalSeconds, client.TotalMicroseconds / n,
            remote.TotalMicroseconds / n);
    }

    private static TimeSpan Write(IResultStore store, CampaignRecord campaign, GrainResult pattern, int writers)
    {
        long start = Stopwatch.GetTimestamp();
        int next = -GrainsInWrite;
        Thread[] threads = [.. Enumerable.Range(0, writers).Select(_ => new Thread(() =>
        {
            for (int at = Interlocked.Add(ref next, GrainsInWrite); at < Grains; at = Interlocked.Add(ref next, GrainsInWrite))
            {
                int from = at;
                store.WriteGrains(campaign, [.. Enumerable.Range(from, GrainsInWrite).Select(grain => pattern with { Grain = grain })]);
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return Stopwatch.GetElapsedTime(start);
    }

    // Two observables of any bits: nothing of them can be compressed away.
    private static GrainResult Pattern()
    {
        var random = new Random(1);
        return new(
            0, [.. Enumerable.Range(0, GrainSize).Select(Outcome? (i) => i % 3 == 0 ? Outcome.Wave : Outcome.Abortive)],
            new Dictionary<int, string>(), [.. Enumerable.Range(0, 2 * GrainSize).Select(_ => random.NextDouble())],
            [.. Enumerable.Range(0, GrainSize).Select(i => (long)i)], 0.001);
    }

    /// <summary>Core time of a server: of its main process, of those of its sessions that ended and of those that are there.</summary>
    private static TimeSpan CoreTime(int server)
    {
        if (server == 0)
        {
            return TimeSpan.Zero;
        }

        long ticks = 0;
        foreach (string folder in Directory.GetDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out int id) && TryStat(id) is { } stat)
            {
                bool isMain = id == server;
                if (isMain || long.Parse(stat[1], CultureInfo.InvariantCulture) == server)
                {
                    ticks += stat[11..(isMain ? 15 : 13)].Sum(one => long.Parse(one, CultureInfo.InvariantCulture));
                }
            }
        }

        // The kernel counts in hundredths of a second.
        return TimeSpan.FromMilliseconds(ticks * 10);
    }

    private static string[]? TryStat(int id)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{id}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }
}
