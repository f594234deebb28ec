using CalciumSweep.Unit;

namespace CalciumSweep.KubernetesTests;

/// <summary>helm, kubectl and the validator's packages; tests/Kubernetes/tools gets them the first time, and says what is missing.</summary>
internal static class Tools
{
    private static readonly Lazy<string> _folder = new(() =>
        Command.Run(Repository.PathOf("tests", "Kubernetes", "tools")).OutputOrThrow().Trim());

    /// <summary>The major versions of helm that the chart works with.</summary>
    public static string[] Helms { get; } = ["helm3", "helm4"];

    /// <summary>kubectl.</summary>
    public static string Kubectl => Path.Combine(_folder.Value, "helm4", "kubectl", "kubectl");

    /// <summary>The packages of the validator.</summary>
    public static string Modules => Path.Combine(_folder.Value, "node", "node_modules");

    /// <summary>A helm.</summary>
    public static string Helm(string which) => Path.Combine(_folder.Value, which, "helm", "helm");
}
