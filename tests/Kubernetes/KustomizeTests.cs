using CalciumSweep.Unit;
using CalciumSweep.Unit.Store;
using k8s.Models;
using Xunit;

namespace CalciumSweep.KubernetesTests;

/// <summary>The plain manifests: what the chart says, and overlays that a cluster takes.</summary>
public sealed class KustomizeTests
{
    public static TheoryData<string> Overlays { get; } = new("base", "overlays/laptop", "overlays/production");

    [Fact]
    public void The_base_is_what_the_chart_says()
    {
        using var folder = new TemporaryFolder();
        Command.Run(Repository.PathOf("k8s", "render"), folder.Path).OutputOrThrow();
        Assert.All(Directory.GetFiles(folder.Path), file => Assert.Equal(
            File.ReadAllText(file), File.ReadAllText(Repository.PathOf("k8s", "base", Path.GetFileName(file)))));
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Every_overlay_is_valid_and_keeps_the_policies(string overlay)
    {
        string manifest = Build(overlay);
        Assert.Empty(Validator.Problems(new Dictionary<string, string>(StringComparer.Ordinal) { [overlay] = manifest })[overlay]);
        IReadOnlyList<object> objects = Validator.Objects(manifest);
        IReadOnlyList<string> problems = Policy.Problems(objects);
        Assert.True(problems.Count == 0, string.Join('\n', problems));
        Assert.Equal("restricted", objects.OfType<V1Namespace>().Single().Metadata.Labels["pod-security.kubernetes.io/enforce"]);
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Every_pod_talks_to_the_same_store(string overlay)
    {
        IReadOnlyList<object> objects = Validator.Objects(Build(overlay));
        string store = objects.OfType<V1ConfigMap>().Single(map => map.Metadata.Name == "calciumsweep-settings").Data["CALCIUMSWEEP_STORE"];
        V1Container migration = objects.OfType<V1Job>().Single().Spec.Template.Spec.Containers.Single();
        Assert.Equal(store, migration.Env.Single(variable => variable.Name == "CALCIUMSWEEP_STORE").Value);
    }

    [Fact]
    public void A_laptop_has_one_of_each_and_a_seed_for_it()
    {
        IReadOnlyList<object> objects = Validator.Objects(Build("overlays/laptop"));
        Assert.All(objects.OfType<V1StatefulSet>(), set => Assert.Equal(1, set.Spec.Replicas));
        Assert.All(objects.OfType<V1Deployment>(), deployment => Assert.Equal(1, deployment.Spec.Replicas));
        Assert.DoesNotContain(',', objects.OfType<V1ConfigMap>().Single().Data["CALCIUMSWEEP_SEEDS"]);
    }

    private static string Build(string overlay) => Command.Run(Tools.Kubectl, "kustomize", Repository.PathOf("k8s", overlay)).OutputOrThrow();
}
