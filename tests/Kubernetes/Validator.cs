using CalciumSweep.Unit;
using CalciumSweep.Unit.Store;
using k8s;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CalciumSweep.KubernetesTests;

/// <summary>
/// Strict validation of manifests by two independent readers: compiled schemas (validate.mjs) and the typed objects of the .NET
/// client, which knows the built-in kinds only.
/// </summary>
internal static class Validator
{
    private static readonly string[] _custom = ["keda.sh/", "monitoring.coreos.com/", "cert-manager.io/"];

    /// <summary>What is wrong with each of several manifests; an empty list if nothing is.</summary>
    public static IReadOnlyDictionary<string, string[]> Problems(IReadOnlyDictionary<string, string> manifests)
    {
        using var folder = new TemporaryFolder();
        var files = manifests.Keys.Select((name, i) => (Name: name, File: Path.Combine(folder.Path, $"{i}.yaml"))).ToArray();
        foreach (var (name, file) in files)
        {
            File.WriteAllText(file, manifests[name]);
        }

        string[] lines = Command.Run("node", [Repository.PathOf("tests", "Kubernetes", "validate.mjs"), Tools.Modules, .. files.Select(f => f.File)])
            .OutputOrThrow().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return files.ToDictionary(
            f => f.Name,
            f => lines.Where(line => line.StartsWith(f.File + ":", StringComparison.Ordinal)).Select(line => line[(f.File.Length + 2)..])
                .Concat(TypedProblem(manifests[f.Name])).ToArray(),
            StringComparer.Ordinal);
    }

    /// <summary>The built-in objects of a manifest, as the client's types.</summary>
    public static IReadOnlyList<object> Objects(string manifest) =>
        [.. Documents(manifest).Where(text => !_custom.Any(group => text.Contains($"apiVersion: {group}", StringComparison.Ordinal)))
            .SelectMany(text => KubernetesYaml.LoadAllFromString(text, strict: true))];

    /// <summary>The documents of a manifest that are not empty.</summary>
    public static IEnumerable<string> Documents(string manifest) => manifest.Split("\n---\n")
        .Where(text => text.Split('\n').Any(line => line.Length > 0 && !line.StartsWith('#') && line.Trim() != "---"));

    /// <summary>The documents of a manifest as trees.</summary>
    public static IEnumerable<YamlMappingNode> Trees(string manifest)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(manifest));
        return stream.Documents.Select(document => document.RootNode).OfType<YamlMappingNode>();
    }

    private static IEnumerable<string> TypedProblem(string manifest)
    {
        try
        {
            return Objects(manifest).Count > 0 ? [] : ["no object"];
        }
        catch (Exception e) when (e is YamlException or InvalidCastException or FormatException or NullReferenceException or InvalidOperationException or KeyNotFoundException)
        {
            return [$"typed: {e.Message} {e.InnerException?.Message}"];
        }
    }
}
