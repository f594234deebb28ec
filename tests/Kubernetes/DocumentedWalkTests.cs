using System.Text.RegularExpressions;
using CalciumSweep.Unit;
using CalciumSweep.Unit.Store;
using k8s;
using k8s.Models;
using Xunit;

namespace CalciumSweep.KubernetesTests;

/// <summary>What docs/kubernetes.md tells an administrator to type fits chart, manifests and secrets.</summary>
public sealed partial class DocumentedWalkTests
{
    private static readonly string[] _lines =
    [
        .. Block().Matches(File.ReadAllText(Repository.PathOf("docs", "kubernetes.md"))).SelectMany(block => block.Groups["text"].Value.Split('\n')).Where(line => line.Length > 0),
    ];

    private static string[] Installs => [.. _lines.Where(line => line.StartsWith("helm install ", StringComparison.Ordinal))];

    [Fact]
    public void Every_install_renders_with_both_helms()
    {
        Assert.Equal(2, Installs.Length);
        Assert.All(Installs, line => Assert.All(Tools.Helms, helm => Assert.NotEmpty(Render(line, helm))));
    }

    [Fact]
    public void The_secrets_that_pods_mount_are_made_before()
    {
        IReadOnlyList<object> objects = Render(Installs[0], "helm4");
        string[] wanted =
        [
            .. Pods(objects).SelectMany(pod => pod.Volumes).Where(volume => volume.Secret is not null)
                .SelectMany(volume => volume.Secret.Items is null ? ["tls.crt", "tls.key", "ca.crt"] : volume.Secret.Items.Select(item => item.Key), (volume, key) => $"{volume.Secret.SecretName} {key}")
                .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        ];
        string[] made =
        [
            .. _lines.Select(line => Secret().Match(line)).Where(match => match.Success)
                .SelectMany(match => Key().Matches(match.Groups["keys"].Value), (match, key) => $"{match.Groups["name"].Value} {key.Groups["key"].Value}")
                .Order(StringComparer.Ordinal),
        ];
        Assert.Equal(made, wanted, StringComparer.Ordinal);
    }

    [Fact]
    public void Every_object_that_is_named_is_there()
    {
        string example = File.ReadAllText(Repository.PathOf("k8s", "examples", "postgresql", "postgresql.yaml"));
        string[] there =
        [
            .. Render(Installs[0], "helm4").Concat(Validator.Objects(example)).OfType<IKubernetesObject<V1ObjectMeta>>()
                .Select(each => $"{each.Kind.ToLowerInvariant()}/{each.Metadata.Name}"),
        ];
        string[] named = [.. _lines.SelectMany(line => Named().Matches(line)).Select(match => match.Value).Distinct(StringComparer.Ordinal)];
        Assert.True(named.Length >= 3);
        Assert.All(named, name => Assert.Contains(name, there, StringComparer.Ordinal));
        Assert.All(_lines.Where(line => line.StartsWith("kubectl apply -f ", StringComparison.Ordinal)), line => Assert.True(File.Exists(Repository.PathOf(line.Split(' ')[^1]))));
    }

    [Fact]
    public void The_certificate_is_signed_by_the_authority()
    {
        using var folder = new TemporaryFolder();
        string[] commands = [.. _lines.Where(line => line.StartsWith("openssl ", StringComparison.Ordinal))];
        Assert.Equal(3, commands.Length);
        Command.Run("sh", "-c", $"cd '{folder.Path}' && {string.Join(" && ", commands)} && openssl verify -CAfile ca.crt tls.crt").OutputOrThrow();
    }

    [Fact]
    public void The_page_of_notes_names_what_there_is()
    {
        string notes = File.ReadAllText(Path.Combine(Chart.Folder, "templates", "NOTES.txt"));
        Assert.Equal(3, Regex.Count(notes, "(?m)^[123]\\. ", RegexOptions.None, TimeSpan.FromSeconds(10)));
        Assert.DoesNotContain("password", notes, StringComparison.OrdinalIgnoreCase);
    }

    private static IReadOnlyList<object> Render(string install, string helm) => Validator.Objects(Command.Run(
        Tools.Helm(helm), ["template", .. install.Split(' ')[2..].Select(word => word == "helm/calciumsweep" ? Chart.Folder : word)]).OutputOrThrow());

    private static IEnumerable<V1PodSpec> Pods(IReadOnlyList<object> objects) =>
        objects.OfType<V1StatefulSet>().Select(set => set.Spec.Template.Spec).Concat(objects.OfType<V1Deployment>().Select(deployment => deployment.Spec.Template.Spec))
            .Concat(objects.OfType<V1Job>().Select(job => job.Spec.Template.Spec)).Concat(objects.OfType<V1Pod>().Select(pod => pod.Spec));

    [GeneratedRegex(@"```sh\n(?<text>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Block();

    [GeneratedRegex("create secret generic (?<name>[^ ]+) (?<keys>.*)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Secret();

    [GeneratedRegex("--from-(literal|file)=(?<key>[^= ]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Key();

    [GeneratedRegex("(service|statefulset|deployment)/[-a-z0-9]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Named();
}
