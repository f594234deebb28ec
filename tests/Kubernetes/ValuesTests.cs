using System.Text.Json;
using System.Text.RegularExpressions;
using CalciumSweep.Unit;
using Xunit;

namespace CalciumSweep.KubernetesTests;

/// <summary>Values that make no sense are refused with a message, and the schema knows every value there is.</summary>
public sealed partial class ValuesTests
{
    private const string Host = "database.host=postgres";

    public static TheoryData<string, string> Refused { get; } = new()
    {
        { "worker.replicaz=3", "replicaz" },
        { "image.tagg=1", "tagg" },
        { "coordinator.podDisruptionBudget.maxUnavaliable=1", "maxUnavaliable" },
        { "networkPolicy.enable=false", "enable" },
        { "worker.resources.request.cpu=1", "request" },
        { "worker.tolerations[0].keey=a", "keey" },
        { "worker.extraVolumes[0].name=a,worker.extraVolumes[0].hostPath.path=/", "hostPath" },
        { "worker.replicas=many", "replicas" },
        { "coordinator.replicas=0", "replicas" },
        { "image.tag=latest", "tag" },
        { "image.digest=abc", "digest" },
        { "logLevel=verbose", "logLevel" },
        { "database.sslMode=allow", "sslMode" },
        { "podSecurityContext.runAsUser=0", "runAsUser" },
        { "worker.autoscaling.by=both", "autoscaling" },
        { "worker.autoscaling.by=hpa,worker.autoscaling.minReplicas=0", "minReplicas" },
        { "worker.podDisruptionBudget.minAvailable=1,worker.podDisruptionBudget.maxUnavailable=1", "podDisruptionBudget" },
        { "database.host=", "database.host is wanted" },
        { "token=swordfish", "the value token was removed: tokens are read from a Secret that exists: auth.existingSecret" },
        { "password=swordfish", "the value password was removed" },
        { "workers=3", "the value workers was removed: write worker.replicas" },
        { "postgresql.enabled=true", "the value postgresql was removed" },
        { "autoscaling.enabled=true", "the value autoscaling was removed" },
        { "tls.certManager.enabled=true", "issuerName" },
        { "dashboard.ingress.enabled=true,dashboard.ingress.host=a.example.org", "dashboardFrom" },
        { "monitoring.serviceMonitor.enabled=true", "metricsFrom" },
        { "auth.oidc.authority=http://login.example.org", "authority" },
        { "auth.oidc.authority=https://login.example.org,auth.oidc.client=sweep", "auth.oidc.operators" },
        { "auth.oidc.authority=https://login.example.org,auth.oidc.viewers={lab}", "auth.oidc.client" },
        { "auth.oidc.clientSecret=swordfish", "clientSecret" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_makes_no_sense_is_refused(string set, string word)
    {
        foreach (string helm in Tools.Helms)
        {
            Command refused = Chart.Template(helm, "--set", Host, "--set", set);
            Assert.NotEqual(0, refused.ExitCode);
            Assert.Contains(word, refused.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_object_of_the_schema_knows_its_keys()
    {
        using JsonDocument schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(Chart.Folder, "values.schema.json")));
        string[] open = [.. OpenObjects(schema.RootElement, "#")];
        Assert.True(open.Length == 0, string.Join('\n', open));
    }

    [Fact]
    public void Older_clusters_get_the_versions_that_they_know()
    {
        string[] hpa = ["-f", Chart.FileOf("hpa")];
        string old = Chart.Template("helm4", [.. hpa, "--kube-version", "1.20.2"]).OutputOrThrow(), now = Chart.Template("helm4", hpa).OutputOrThrow();
        Assert.Contains("apiVersion: policy/v1beta1\n", old, StringComparison.Ordinal);
        Assert.Contains("apiVersion: autoscaling/v2beta2\n", old, StringComparison.Ordinal);
        Assert.DoesNotContain("preStop", old, StringComparison.Ordinal);
        Assert.Contains("apiVersion: policy/v1\n", now, StringComparison.Ordinal);
        Assert.Contains("apiVersion: autoscaling/v2\n", now, StringComparison.Ordinal);
        Assert.Contains("preStop", now, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none", 0, 0)]
    [InlineData("hpa", 1, 0)]
    [InlineData("keda", 0, 1)]
    public void One_thing_at_most_changes_the_number_of_workers(string by, int hpas, int scaledObjects)
    {
        string[] documents = [.. Validator.Documents(Chart.Template("helm4", "--set", Host, "--set", $"worker.autoscaling.by={by}").OutputOrThrow())];
        Assert.Equal(hpas, documents.Count(text => text.Contains("kind: HorizontalPodAutoscaler", StringComparison.Ordinal)));
        Assert.Equal(scaledObjects, documents.Count(text => text.Contains("kind: ScaledObject", StringComparison.Ordinal)));
        string worker = documents.Single(text => text.Contains("kind: Deployment", StringComparison.Ordinal) && text.Contains("--role, worker", StringComparison.Ordinal));
        Assert.Equal(by == "none", worker.Contains("  replicas: 2\n", StringComparison.Ordinal));
    }

    [Fact]
    public void Alerts_speak_of_metrics_that_there_are()
    {
        string rules = Validator.Documents(Chart.Render("monitoring")).Single(text => text.Contains("kind: PrometheusRule", StringComparison.Ordinal));
        string documented = File.ReadAllText(Repository.PathOf("docs", "metrics.md"));
        string[] names = [.. Metric().Matches(rules).Select(match => match.Value).Distinct(StringComparer.Ordinal)];
        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.True(
            documented.Contains($"`{name}`", StringComparison.Ordinal) || documented.Contains($"`{name.Replace("_bucket", "", StringComparison.Ordinal)}`", StringComparison.Ordinal), name));
        Assert.Contains("`calciumsweep_pending`", documented, StringComparison.Ordinal);
    }

    [Fact]
    public void Grafana_gets_the_dashboard_of_the_repository()
    {
        string map = Validator.Documents(Chart.Render("monitoring")).Single(text => text.Contains("grafana_dashboard", StringComparison.Ordinal));
        YamlDotNet.RepresentationModel.YamlMappingNode tree = Validator.Trees(map).Single();
        using JsonDocument shown = JsonDocument.Parse(tree["data"]["calciumsweep.json"].ToString());
        using JsonDocument kept = JsonDocument.Parse(File.ReadAllText(Path.Combine(Chart.Folder, "dashboards", "calciumsweep.json")));
        Assert.True(JsonElement.DeepEquals(kept.RootElement, shown.RootElement));
    }

    [GeneratedRegex("calciumsweep_[a-z_]+", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Metric();

    // Maps of labels and the like have keys of the user's own, and say of what type; conditions of allOf add nothing.
    private static IEnumerable<string> OpenObjects(JsonElement schema, string where)
    {
        if (schema.ValueKind == JsonValueKind.Array)
        {
            return schema.EnumerateArray().SelectMany((each, i) => OpenObjects(each, $"{where}/{i}"));
        }

        if (schema.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        bool isObject = schema.TryGetProperty("type", out JsonElement type) && type.ValueKind == JsonValueKind.String && type.GetString() == "object";
        bool isClosed = !isObject || schema.TryGetProperty("allOf", out JsonElement _) && !schema.TryGetProperty("properties", out _)
            || schema.TryGetProperty("additionalProperties", out JsonElement more) && (more.ValueKind == JsonValueKind.False || more.ValueKind == JsonValueKind.Object);
        return (isClosed ? [] : new[] { where }).Concat(schema.EnumerateObject()
            .Where(each => each.Name is not ("enum" or "required" or "const")).SelectMany(each => OpenObjects(each.Value, $"{where}/{each.Name}")));
    }
}
