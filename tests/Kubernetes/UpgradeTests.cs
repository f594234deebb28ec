using System.Text.RegularExpressions;
using CalciumSweep.Unit;
using CalciumSweep.Unit.Store;
using k8s.Models;
using Xunit;

namespace CalciumSweep.KubernetesTests;

/// <summary>A release can be upgraded: what Kubernetes lets nobody change is the same in every version.</summary>
public sealed class UpgradeTests
{
    private static readonly string _kept = Repository.PathOf("tests", "Kubernetes", "immutable.txt");

    [Fact]
    public void Immutable_fields_are_those_of_every_version_before() =>
        Assert.Equal(File.ReadAllText(_kept), string.Join('\n', Immutable(Chart.Render("high-availability"))) + "\n");

    [Fact]
    public void Another_version_with_other_values_changes_no_immutable_field()
    {
        using var folder = new TemporaryFolder();
        string chart = folder["chart"];
        foreach (string file in Directory.EnumerateFiles(Chart.Folder, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(chart, Path.GetRelativePath(Chart.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        string about = Path.Combine(chart, "Chart.yaml");
        File.WriteAllText(about, Regex.Replace(File.ReadAllText(about), "(?m)^(?<key>version|appVersion): .*$", "${key}: 9.8.7", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10)));
        string next = Command.Run(
            Tools.Helm("helm4"), "template", "sweep", chart, "-n", "sweeps", "-f", Chart.FileOf("high-availability"), "--set",
            "coordinator.replicas=7,worker.replicas=9,commonLabels.team=other,commonAnnotations.a=b,coordinator.podLabels.c=d,worker.podLabels.c=d,dashboard.podLabels.c=d,image.tag=9.8.7")
            .OutputOrThrow();
        Assert.Contains("9.8.7", next, StringComparison.Ordinal);
        Assert.Equal(Immutable(Chart.Render("high-availability")), Immutable(next), StringComparer.Ordinal);
    }

    private static IEnumerable<string> Immutable(string manifest)
    {
        foreach (object each in Validator.Objects(manifest))
        {
            switch (each)
            {
                case V1StatefulSet set:
                    yield return $"StatefulSet {set.Metadata.Name}: {Text(set.Spec.Selector.MatchLabels)}; {set.Spec.ServiceName}; {set.Spec.PodManagementPolicy}; "
                        + string.Join(", ", (set.Spec.VolumeClaimTemplates ?? []).Select(claim =>
                            $"{claim.Metadata.Name} {Text(claim.Metadata.Labels)} {string.Join(' ', claim.Spec.AccessModes)} {claim.Spec.Resources.Requests["storage"]} {claim.Spec.StorageClassName}"));
                    break;
                case V1Deployment deployment:
                    yield return $"Deployment {deployment.Metadata.Name}: {Text(deployment.Spec.Selector.MatchLabels)}";
                    break;
                case V1Service { Spec.ClusterIP: "None" } service:
                    yield return $"Service {service.Metadata.Name}: no address of its own";
                    break;
                case V1Job job:
                    // A job as a whole is made anew by its hook.
                    yield return $"Job {job.Metadata.Name}: {job.Metadata.Annotations["helm.sh/hook-delete-policy"]}";
                    break;
            }
        }
    }

    private static string Text(IDictionary<string, string> labels) => string.Join(' ', labels.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => $"{l.Key}={l.Value}"));
}
