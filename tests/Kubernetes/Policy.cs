using k8s;
using k8s.Models;

namespace CalciumSweep.KubernetesTests;

/// <summary>What must hold of the manifests beside the schema of Kubernetes: the restricted Pod Security standard, and house rules.</summary>
internal static class Policy
{
    private static readonly string[] _selectorKeys = ["app.kubernetes.io/name", "app.kubernetes.io/instance", "app.kubernetes.io/component"];
    private static readonly string[] _roles = ["coordinator", "worker", "dashboard"];
    private static readonly Type[] _rights = [typeof(V1Role), typeof(V1RoleBinding), typeof(V1ClusterRole), typeof(V1ClusterRoleBinding)];

    /// <summary>What does not hold.</summary>
    /// <param name="objects">All objects of one release.</param>
    public static IReadOnlyList<string> Problems(IReadOnlyList<object> objects)
    {
        var problems = new List<string>();
        foreach (IKubernetesObject<V1ObjectMeta> each in objects.OfType<IKubernetesObject<V1ObjectMeta>>())
        {
            string name = $"{each.Kind} {each.Metadata.Name}";
            problems.AddRange(PodOf(each) is { } pod ? Pod(pod, objects).Select(what => $"{name}: {what}") : []);
            problems.AddRange(Object(each, objects).Select(what => $"{name}: {what}"));
        }

        return problems;
    }

    private static (V1PodSpec Spec, V1ObjectMeta Metadata, bool Stays)? PodOf(object each) => each switch
    {
        V1StatefulSet s => (s.Spec.Template.Spec, s.Spec.Template.Metadata, true),
        V1Deployment d => (d.Spec.Template.Spec, d.Spec.Template.Metadata, true),
        V1Job j => (j.Spec.Template.Spec, j.Spec.Template.Metadata, false),
        V1Pod p => (p.Spec, p.Metadata, false),
        _ => null,
    };

    private static IEnumerable<string> Object(IKubernetesObject<V1ObjectMeta> each, IReadOnlyList<object> objects)
    {
        if (each is V1Secret)
        {
            yield return "a secret is written out";
        }

        if (_rights.Contains(each.GetType()))
        {
            yield return "no pod of this program talks to the API server, so nobody wants rights";
        }

        if (each is V1ServiceAccount { AutomountServiceAccountToken: not false })
        {
            yield return "a token is mounted";
        }

        if (each is V1Service { Spec.ExternalName: not null } or V1Service { Spec.ExternalIPs.Count: > 0 })
        {
            yield return "a service points outside";
        }

        if (each is V1Service { Spec: { Selector: { } selector } } && !Selects(selector, objects))
        {
            yield return "its service selects no pod";
        }

        if (each is V1Service service && service.Spec.Ports.Any(port => port.Protocol is null))
        {
            yield return "a port does not say its protocol";
        }

        if (each is V1NetworkPolicy policy && (policy.Spec.Ingress ?? []).Any(rule => rule.FromProperty is null or { Count: 0 }))
        {
            yield return "lets everybody in";
        }

        (V1LabelSelector? labels, bool mayShrink) = each switch
        {
            V1StatefulSet s => (s.Spec.Selector, false),
            V1Deployment d => (d.Spec.Selector, false),
            _ => (null, true),
        };
        if (mayShrink || labels is null || each.Metadata.Name == "postgresql")
        {
            yield break;
        }

        if (!labels.MatchLabels.Keys.Order(StringComparer.Ordinal).SequenceEqual(_selectorKeys.Order(StringComparer.Ordinal), StringComparer.Ordinal))
        {
            yield return $"selects by {string.Join(", ", labels.MatchLabels.Keys)}";
        }

        if (!objects.OfType<V1PodDisruptionBudget>().Any(budget => Same(budget.Spec.Selector.MatchLabels, labels.MatchLabels)))
        {
            yield return "has no disruption budget";
        }

        if (each is V1StatefulSet set && (set.Spec.PodManagementPolicy != "Parallel"
            || !objects.OfType<V1Service>().Any(s => s.Metadata.Name == set.Spec.ServiceName && s.Spec.ClusterIP == "None" && s.Spec.PublishNotReadyAddresses == true)))
        {
            yield return "members that start together must find each other before they are ready";
        }
    }

    private static IEnumerable<string> Pod((V1PodSpec Spec, V1ObjectMeta Metadata, bool Stays) pod, IReadOnlyList<object> objects)
    {
        V1PodSpec spec = pod.Spec;
        if (spec.HostNetwork == true || spec.HostPID == true || spec.HostIPC == true)
        {
            yield return "shares something of its node";
        }

        if (spec.AutomountServiceAccountToken != false)
        {
            yield return "a token is mounted";
        }

        if (spec.SecurityContext is not { RunAsNonRoot: true, SeccompProfile.Type: "RuntimeDefault" } || spec.SecurityContext.RunAsUser == 0)
        {
            yield return "may run as root, or without a seccomp profile";
        }

        if ((spec.Volumes ?? []).Any(volume => volume.HostPath is not null || volume.Nfs is not null || volume is { EmptyDir: { SizeLimit: null, Medium: not "Memory" }, Name: "data" or "tmp" }))
        {
            yield return "a volume that is not restricted";
        }

        foreach (V1Container container in (spec.InitContainers ?? []).Concat(spec.Containers))
        {
            foreach (string what in Container(container, pod.Stays))
            {
                yield return $"{container.Name}: {what}";
            }
        }

        string[] mounted = [.. (spec.InitContainers ?? []).Concat(spec.Containers).SelectMany(c => c.VolumeMounts ?? []).Select(m => m.Name)];
        if ((spec.Volumes ?? []).Any(volume => !mounted.Contains(volume.Name, StringComparer.Ordinal)))
        {
            yield return "a volume that nobody mounts";
        }

        // The example database is spread by being one.
        if (pod.Stays && pod.Metadata.Labels.TryGetValue("app.kubernetes.io/component", out string? role) && _roles.Contains(role, StringComparer.Ordinal)
            && (spec.TopologySpreadConstraints is null or { Count: 0 } || spec.TerminationGracePeriodSeconds is null or < 10))
        {
            yield return "is not spread, or has no time to end";
        }

        if (!objects.OfType<V1NetworkPolicy>().Any() || objects.OfType<V1NetworkPolicy>().Any(p => p.Spec.PolicyTypes.Count == 2 && Matches(p.Spec.PodSelector, pod.Metadata.Labels)))
        {
            yield break;
        }

        yield return "no policy denies what is not named";
    }

    private static IEnumerable<string> Container(V1Container container, bool stays)
    {
        if (container.SecurityContext is not { AllowPrivilegeEscalation: false, ReadOnlyRootFilesystem: true, Privileged: not true }
            || container.SecurityContext.Capabilities is not { Drop: ["ALL"] } || container.SecurityContext.Capabilities.Add is { Count: > 0 })
        {
            yield return "is not restricted";
        }

        string reference = container.Image.Split('/')[^1];
        if (!reference.Contains('@', StringComparison.Ordinal) && (!reference.Contains(':', StringComparison.Ordinal) || reference.EndsWith(":latest", StringComparison.Ordinal)))
        {
            yield return $"{container.Image} is another one tomorrow";
        }

        if (container.Resources?.Requests is not { } requests || !requests.ContainsKey("cpu") || !requests.ContainsKey("memory")
            || container.Resources.Limits?.ContainsKey("memory") != true)
        {
            yield return "asks for no cpu or memory, or may take all";
        }

        if (stays && (container.LivenessProbe is null || container.ReadinessProbe is null || container.StartupProbe is null
            || container.LivenessProbe.HttpGet?.Path is "/health/ready" or "/health/startup"))
        {
            yield return "wants three probes, and liveness must not ask the store";
        }

        // Helm 4 applies on the server, and older servers know no default for what identifies a port.
        if ((container.Ports ?? []).Any(port => port.HostPort is not null || port.Protocol is null))
        {
            yield return "takes a port of its node, or does not say its protocol";
        }

        if ((container.Env ?? []).Any(variable => variable.Value is { Length: > 0 } && IsSecret(variable.Name)))
        {
            yield return "a secret is written out";
        }
    }

    private static bool IsSecret(string name) => !name.EndsWith("_FILE", StringComparison.Ordinal)
        && (name.Contains("PASSWORD", StringComparison.OrdinalIgnoreCase) || name.Contains("TOKEN", StringComparison.OrdinalIgnoreCase));

    private static bool Selects(IDictionary<string, string> selector, IReadOnlyList<object> objects) =>
        objects.Select(PodOf).Any(pod => pod is { } found && selector.All(label => found.Metadata.Labels.TryGetValue(label.Key, out string? value) && value == label.Value));

    private static bool Matches(V1LabelSelector selector, IDictionary<string, string> labels) =>
        selector.MatchExpressions is null or { Count: 0 }
        && (selector.MatchLabels ?? new Dictionary<string, string>(StringComparer.Ordinal)).All(label => labels.TryGetValue(label.Key, out string? value) && value == label.Value);

    private static bool Same(IDictionary<string, string> one, IDictionary<string, string> other) =>
        one.Count == other.Count && one.All(label => other.TryGetValue(label.Key, out string? value) && value == label.Value);
}
