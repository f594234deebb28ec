using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CalciumSweep.Chaos;

/// <summary>What a workload comes to when nothing goes wrong.</summary>
/// <param name="Identity">SHA-256 of the spec's canonical form: scenario, parameters, seed, numerics version.</param>
/// <param name="Digest">Over all results.</param>
/// <param name="Table">SHA-256 of the table of all replicates.</param>
internal sealed record Truth(string Identity, string Digest, string Table)
{
    private static readonly ConcurrentDictionary<string, Lazy<Truth>> _known = new(StringComparer.Ordinal);

    /// <summary>Of a workload; computed once. Without poison in one process over SQLite, which has no part in common with the nemesis but the solver.</summary>
    public static Truth Of(Workload workload, Action<string> say) => _known.GetOrAdd(
        workload.Name, _ => new Lazy<Truth>(() => workload.Poisoned > 0 ? InCluster(workload, say) : InOneProcess(workload.Spec, workload == Workload.Sites ? 2 : 16))).Value;

    /// <summary>What a finished campaign came to.</summary>
    public static Truth Read(Cluster cluster, string campaign, JsonElement status)
    {
        Node node = cluster.Coordinators.First(n => n.HasStarted);
        string table = node.Read($"/api/campaigns/{campaign}/export?format=csv&replicates=true");
        string identity = cluster.Database.Read(session => (string)session.ExecuteScalar($"SELECT identity FROM campaign WHERE id = '{campaign}'")!);
        return new(identity, status.GetProperty("digest").GetString()!, Hash(table));
    }

    private static Truth InCluster(Workload workload, Action<string> say)
    {
        string folder = Directory.CreateTempSubdirectory("calciumsweep-chaos-truth-").FullName;
        using (new FolderRemoval(folder))
        using (var cluster = new Cluster(folder, new ClusterShape(1, 1), say))
        {
            cluster.Start();
            string campaign = cluster.Submit(workload.Spec);
            JsonElement status = Nemesis.WaitUntilDone(cluster, campaign, TimeSpan.FromSeconds(180));
            Truth truth = Read(cluster, campaign, status);
            return truth;
        }
    }

    /// <summary>What a spec comes to in one process over SQLite.</summary>
    public static Truth InOneProcess(string text, int workers)
    {
        string folder = Directory.CreateTempSubdirectory("calciumsweep-chaos-truth-").FullName;
        string spec = Path.Combine(folder, "spec.yaml"), data = Path.Combine(folder, "data");
        File.WriteAllText(spec, text);
        string program = Path.Combine(AppContext.BaseDirectory, "CalciumSweep.Coordinator.dll");
        JsonElement answer = JsonDocument.Parse(
            Shell.Run(null, "dotnet", program, "run", spec, "--json", "--yes", "--data", data, "--workers", $"{workers}")).RootElement;
        string campaign = answer.GetProperty("campaign").GetString()!;
        string table = Shell.Run(null, "dotnet", program, "export", campaign, "--format", "csv", "--replicates", "--data", data);
        string points = Shell.Run(null, "dotnet", program, "export", campaign, "--format", "json", "--data", data);
        string identity = JsonDocument.Parse(points).RootElement.GetProperty("identity").GetString()!;
        Directory.Delete(folder, recursive: true);
        return new(identity, answer.GetProperty("digest").GetString()!, Hash(table));
    }

    private static string Hash(string table) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(table)));
}
