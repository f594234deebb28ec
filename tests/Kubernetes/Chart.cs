using System.Collections.Concurrent;
using CalciumSweep.Unit;

namespace CalciumSweep.KubernetesTests;

/// <summary>The chart of the repository, rendered.</summary>
internal static class Chart
{
    private static readonly ConcurrentDictionary<string, Lazy<string>> _rendered = new(StringComparer.Ordinal);

    /// <summary>Its folder.</summary>
    public static string Folder { get; } = Repository.PathOf("helm", "calciumsweep");

    /// <summary>Names of the value sets that it is tested with.</summary>
    public static string[] ValueSets { get; } =
    [
        .. Directory.EnumerateFiles(Path.Combine(Folder, "ci"), "*-values.yaml").Select(file => Path.GetFileName(file)[..^"-values.yaml".Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>A value set's file.</summary>
    public static string FileOf(string values) => Path.Combine(Folder, "ci", $"{values}-values.yaml");

    /// <summary>The manifests of a value set.</summary>
    public static string Render(string values, string helm = "helm4") => _rendered.GetOrAdd(
        $"{helm} {values}", _ => new(() => Template(helm, "-f", FileOf(values)).OutputOrThrow())).Value;

    /// <summary>Runs <c>helm template</c>.</summary>
    public static Command Template(string helm, params IEnumerable<string> arguments) =>
        Command.Run(Tools.Helm(helm), ["template", "sweep", Folder, "-n", "sweeps", .. arguments]);
}
