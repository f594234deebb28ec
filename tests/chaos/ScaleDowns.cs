using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CalciumSweep.Chaos;

/// <summary>
/// 50 times during a campaign a worker drawn at random is taken away as Kubernetes takes a pod away (SIGTERM, then it may
/// finish), and a new one with an empty folder comes a moment later.
/// </summary>
internal static partial class ScaleDowns
{
    private const int Times = 50, Seed = 5;

    public static bool Measure() => Measurement.With(new ClusterShape(1, 4) { IsLoopback = true }, cluster =>
    {
        var random = new Random(Seed);

        // 8 threads of 100 simulations a second: 112 s if nobody disturbs.
        string spec = Workload.Sleeping("scale-down", 0.01, 2800, 32);
        string campaign = cluster.Submit(spec);
        cluster.Database.Read(session => session.ExecuteScalar(Invariants.CountAttempts));
        using var observer = new Observer(cluster, campaign);
        SpinWait.SpinUntil(() => observer.Stored > 0, Patience.Of(TimeSpan.FromSeconds(30)));
        var begun = new List<long[]>();
        double longest = 0;
        for (int i = 0; i < Times; i++)
        {
            Thread.Sleep(random.Next(300, 1500));
            Node gone = cluster.Workers.ElementAt(random.Next(cluster.Shape.Workers));
            Cluster.Wait([gone]);
            long before = new FileInfo(LogOf(gone)).Length;
            longest = Math.Max(longest, gone.Terminate().TotalSeconds);
            begun.Add(Begun(LogOf(gone), before));
            if (gone.ExitCode != 0)
            {
                throw new ViolationException($"{gone.Name} ended with {gone.ExitCode}");
            }

            Directory.Delete(Path.Combine(gone.Folder, "data"), recursive: true);
            gone.Start();
        }

        bool isLongEnough = cluster.Coordinators.Single().Ask($"/api/campaigns/{campaign}")?.GetProperty("state").GetString() == "running";
        JsonElement status = Nemesis.WaitUntilDone(cluster, campaign, TimeSpan.FromSeconds(300));
        observer.Dispose();
        Truth truth = Truth.InOneProcess(spec, 32), came = Truth.Read(cluster, campaign, status);
        List<long> twice = cluster.Database.Read(session => session.Column<long>("SELECT grain FROM attempt GROUP BY grain HAVING count(*) > 1"));
        long grains = cluster.Database.Read(session => Convert.ToInt64(session.ExecuteScalar("SELECT count(*) FROM grain"), CultureInfo.InvariantCulture));
        int strangers = twice.Except(begun.SelectMany(one => one)).Count();
        Measurement.Say($"  {Times} scale-downs, {grains} grains; grains that a worker had begun and not done when it left: {begun.Sum(one => one.Length)} in all, {begun.Max(one => one.Length)} at most at once");
        Measurement.Say($"  {twice.Count} grains came to the store twice, {strangers} of them no worker had begun when it left (doubled near the end)");
        Measurement.Say($"  {status.GetProperty("done")} done, digest {(came == truth ? "equal to that of an undisturbed run" : "DIFFERENT")}; {observer.Violations.Count} results lost; the campaign {(isLongEnough ? "outlasted" : "was done before")} the last scale-down");
        return Measurement.Judge("grains that a worker which leaves had begun", begun.Max(one => one.Length), "a scale-down", 2 * cluster.Shape.Threads, atMost: true)
            & Measurement.Judge("grains stored twice that nobody had begun when leaving", strangers, "", cluster.Shape.Workers * cluster.Shape.Threads, atMost: true)
            & Measurement.Judge("a worker ends within", longest, "s", 30, atMost: true)
            & isLongEnough & came == truth & observer.Violations.Count == 0;
    });

    private static string LogOf(Node node) => Directory.GetFiles(Path.Combine(node.Folder, "data", "log")).Single();

    private static long[] Begun(string log, long from)
    {
        using var file = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Seek(from, SeekOrigin.Begin);
        using var reader = new StreamReader(file);
        Match said = LastWords().Match(reader.ReadToEnd());
        return said.Success ? [.. said.Groups["grains"].Value.Split(' ').Select(long.Parse)] : [];
    }

    [GeneratedRegex(@"Ends with \d+ grains of \S+ begun, which are computed again: (?<grains>[\d ]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LastWords();
}
