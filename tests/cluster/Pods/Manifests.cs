using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace CalciumSweep.Pods;

/// <summary>
/// Rendered manifests, and what a cluster makes of them: pods of the workloads, names of the services. The pods' specs stay as they
/// are, but for what podman 4.3 does not know: probes and hooks (this program asks the probes), values from fields and <c>$(NAME)</c>
/// (put in here), ports (it would publish them on the machine), folders (it shares those of one name), <c>optional</c> of a secret (it fails without).
/// </summary>
internal sealed class Manifests
{
    private const string Domain = "cluster.local";
    private readonly YamlNode[] _documents;

    /// <param name="text">What Helm rendered.</param>
    public Manifests(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        _documents = [.. stream.Documents.Select(document => document.RootNode).Where(node => node is YamlMappingNode)];
        int address = PodNetwork.FirstPod;
        foreach (YamlNode document in _documents)
        {
            for (int i = 0; i < Replicas(document); i++)
            {
                Pods.Add(PodOf(document, i, PodNetwork.Address(address++)));
            }
        }
    }

    /// <summary>All pods.</summary>
    public List<Pod> Pods { get; } = [];

    /// <summary>What pods read: maps of settings.</summary>
    public IEnumerable<YamlNode> Settings => _documents.Where(document => Kind(document) == "ConfigMap");

    /// <summary>Namespace of the release.</summary>
    public string Namespace => _documents.Select(document => document.At("metadata", "namespace").Text()).First(name => name is not null)!;

    /// <summary>
    /// Names that a cluster's DNS knows, with an address each. A service is the last of its pods: this program does what a service does
    /// without balancing.
    /// </summary>
    public IEnumerable<(string Address, string[] Names)> Hosts()
    {
        foreach (YamlNode service in _documents.Where(document => Kind(document) == "Service"))
        {
            Dictionary<string, string> selector = service.At("spec", "selector").Texts();
            Pod[] behind = [.. Pods.Where(pod => selector.All(label => pod.Labels.GetValueOrDefault(label.Key) == label.Value))];
            string name = service.At("metadata", "name").Text()!;
            if (behind.Length > 0)
            {
                yield return (behind[^1].Address, Names(name));
            }

            if (service.At("spec", "clusterIP").Text() == "None")
            {
                foreach (Pod pod in behind)
                {
                    yield return (pod.Address, Names($"{pod.Name}.{name}"));
                }
            }
        }
    }

    private string[] Names(string name) => [name, $"{name}.{Namespace}", $"{name}.{Namespace}.svc", $"{name}.{Namespace}.svc.{Domain}"];

    private static string Kind(YamlNode document) => document.Get("kind").Text() ?? "";

    private static int Replicas(YamlNode document) => Kind(document) switch
    {
        "Deployment" or "StatefulSet" => int.Parse(document.At("spec", "replicas").Text() ?? "1", CultureInfo.InvariantCulture),
        "Job" or "Pod" => 1,
        _ => 0,
    };

    private Pod PodOf(YamlNode document, int number, string address)
    {
        bool isPod = Kind(document) == "Pod";
        YamlNode template = isPod ? document : document.At("spec", "template")!;
        string owner = document.At("metadata", "name").Text()!;
        var spec = (YamlMappingNode)template.Get("spec")!;
        return new Pod(isPod ? owner : $"{owner}-{number.ToString(CultureInfo.InvariantCulture)}", address, Namespace, spec)
        {
            Labels = template.At("metadata", "labels").Texts(),
            Component = template.At("metadata", "labels", "app.kubernetes.io/component").Text() ?? "",
        };
    }
}
