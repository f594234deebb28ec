using System.Text.Json;
using System.Text.RegularExpressions;
using CalciumSweep.Unit;

namespace CalciumSweep.Chaos;

/// <summary>
/// The next version takes the place of this one during a campaign, process by process, as Kubernetes rolls a release out: coordinators from the last
/// to the first, each after the one before is ready, then workers, then the dashboard.
/// </summary>
internal static partial class RollingUpgrade
{
    private const string NextVersion = "99.0.0";

    public static bool Measure() => Measurement.With(new ClusterShape(3, 3) { IsLoopback = true }, cluster =>
    {
        string next = BuildNext();
        using Node dashboard = Dashboard(cluster);
        dashboard.Start();
        Cluster.Wait([dashboard]);

        // 6 threads of 100 simulations a second: 160 s if nobody disturbs.
        string spec = Workload.Sleeping("rolling-upgrade", 0.01, 3000, 32);
        string campaign = cluster.Submit(spec);
        using var observer = new Observer(cluster, campaign);
        SpinWait.SpinUntil(() => observer.Stored > 0, Patience.Of(TimeSpan.FromSeconds(30)));
        string before = Versions(cluster.Nodes);
        int atFirst = observer.Stored;
        var start = System.Diagnostics.Stopwatch.StartNew();
        foreach (Node node in (Node[])[.. cluster.Coordinators.Reverse(), .. cluster.Workers, dashboard])
        {
            TimeSpan took = node.Terminate();
            if (node.ExitCode != 0)
            {
                throw new ViolationException($"{node.Name} ended with {node.ExitCode}");
            }

            node.Program = next;
            node.Start();
            Cluster.Wait([node]);
            Ready(node);
            Measurement.Say($"  {start.Elapsed.TotalSeconds,5:0.0} s  {node.Name} ended within {took.TotalSeconds:0.0} s and is ready again; {observer.Stored} grains are stored");
        }

        int atLast = observer.Stored;
        string after = Versions(cluster.Nodes);
        bool isLongEnough = dashboard.Ask($"/api/campaigns/{campaign}")?.GetProperty("state").GetString() == "running";
        JsonElement status = Nemesis.WaitUntilDone(cluster, campaign, TimeSpan.FromSeconds(300));
        observer.Dispose();
        Truth truth = Truth.InOneProcess(spec, 32), came = Truth.Read(cluster, campaign, status);
        Measurement.Say($"  versions {before} before and {after} after; {atLast - atFirst} grains were stored meanwhile; the campaign {(isLongEnough ? "outlasted" : "was done before")} the last of it");
        Measurement.Say($"  {status.GetProperty("done")} done, digest {(came == truth ? "equal to that of an undisturbed run" : "DIFFERENT")}; {observer.Violations.Count} results lost");
        foreach (string violation in observer.Violations)
        {
            Measurement.Say($"  {violation}");
        }

        return isLongEnough & came == truth & observer.Violations.Count == 0 & after == NextVersion & before != after;
    });

    /// <summary>Builds the program as it is under the next version's number.</summary>
    private static string BuildNext()
    {
        string folder = Repository.PathOf("artifacts", "chaos");
        Shell.Run(
            null, "dotnet", "publish", Repository.PathOf("Coordinator"), "-c", "Release", "--artifacts-path", Path.Combine(folder, "build"), "-o",
            Path.Combine(folder, "next"), "-v", "q", "--nologo", "-p:RunAnalyzers=false", $"-p:Version={NextVersion}");
        return Path.Combine(folder, "next", "CalciumSweep.Coordinator.dll");
    }

    private static Node Dashboard(Cluster cluster)
    {
        string folder = Path.Combine(cluster.Folder, "dashboard");
        return new(new NodePlace(cluster.Nodes.Count, "dashboard", cluster.Network, folder, cluster.Folder)
        {
            Store = cluster.Database.Url,
            Seeds = "",
            Server = cluster.Coordinators.First().Url,
            HttpPort = LocalPort.Free(),
        });
    }

    private static void Ready(Node node)
    {
        if (!SpinWait.SpinUntil(() => node.Ask("/health/ready") is not null, Patience.Of(TimeSpan.FromSeconds(60))))
        {
            throw new ViolationException($"{node.Name} is not ready");
        }
    }

    private static string Versions(IEnumerable<Node> nodes) => string.Join(' ', nodes
        .Select(node => Version().Match(node.Read("/metrics")).Groups["version"].Value).Distinct(StringComparer.Ordinal));

    [GeneratedRegex("calciumsweep_build_info\\{.*version=\"(?<version>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Version();
}
