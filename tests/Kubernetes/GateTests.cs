using Xunit;

namespace CalciumSweep.KubernetesTests;

/// <summary>The gate is worth something if it stops what is wrong: each of these mistakes, made in a good manifest, is found.</summary>
public sealed class GateTests
{
    // Name, text of the good manifest, what is written instead.
    private static readonly (string Name, string Good, string Bad)[] _defects =
    [
        ("a misspelt field of a pod", "terminationGracePeriodSeconds:", "terminationGracePeriodSecond:"),
        ("a misspelt field of a container", "readOnlyRootFilesystem: true", "readonlyRootFilesystem: true"),
        ("a misspelt probe", "livenessProbe:", "livelinessProbe:"),
        ("a misspelt field of a service", "publishNotReadyAddresses: true", "publishNotReadyAddress: true"),
        ("a misspelt field of a stateful set", "podManagementPolicy: Parallel", "podManagmentPolicy: Parallel"),
        ("a misspelt field of a budget", "  maxUnavailable: 1\n  selector", "  maxUnavailible: 1\n  selector"),
        ("a misspelt field of a network policy", "policyTypes: [Ingress, Egress]", "policyType: [Ingress, Egress]"),
        ("a misspelt field of a scaled object", "maxReplicaCount:", "maxReplicasCount:"),
        ("a misspelt field of a service monitor", "endpoints:", "endpoint:"),
        ("a misspelt field of a certificate", "issuerRef:", "issuer:"),
        ("a field at the wrong depth", "      securityContext:\n        runAsNonRoot: true", "      runAsNonRoot: true\n      securityContext:\n        runAsNonRoot: true"),
        ("a word for a number", "replicas: 3", "replicas: three"),
        ("a quoted number", "replicas: 3", "replicas: \"3\""),
        ("a number for a text", "image: calciumsweep:0.1.0", "image: 0.1"),
        ("a text for a truth", "automountServiceAccountToken: false", "automountServiceAccountToken: \"no\""),
        ("a list for an object", "serviceAccountName: sweep-calciumsweep-coordinator", "serviceAccountName: [sweep]"),
        ("a number in an environment", "value: \"4\"", "value: 4"),
        ("a bad quantity of memory", "memory: 1Gi", "memory: 1GB"),
        ("a bad quantity of a volume", "sizeLimit: 256Mi", "sizeLimit: 256 MB"),
        ("an unknown pull policy", "imagePullPolicy: IfNotPresent", "imagePullPolicy: Sometimes"),
        ("an unknown protocol", "protocol: UDP", "protocol: QUIC"),
        ("an unknown restart policy", "restartPolicy: Never", "restartPolicy: Seldom"),
        ("an unknown kind", "kind: StatefulSet", "kind: StatefullSet"),
        ("an API version of another kind", "apiVersion: apps/v1", "apiVersion: v1"),
        ("an API version that was removed", "apiVersion: policy/v1\n", "apiVersion: policy/v1alpha1\n"),
        ("a missing selector", "  selector:\n    matchLabels:\n      app.kubernetes.io/name: calciumsweep\n      app.kubernetes.io/instance: sweep\n      app.kubernetes.io/component: worker\n  template:", "  template:"),
        ("a missing name", "  name: sweep-calciumsweep-settings", "  namez: sweep-calciumsweep-settings"),
        ("a missing port number", "{ name: cluster, protocol: TCP, port: 4053, targetPort: cluster }", "{ name: cluster, protocol: TCP, targetPort: cluster }"),
        ("a container without a name", "        - name: worker\n          image", "        - image"),
        ("a key twice", "  podManagementPolicy: Parallel", "  podManagementPolicy: Parallel\n  podManagementPolicy: OrderedReady"),
        ("no YAML", "spec:\n  replicas: 3", "spec:\n\treplicas: 3"),
        ("the tag latest", "image: calciumsweep:0.1.0", "image: calciumsweep:latest"),
        ("no tag", "image: calciumsweep:0.1.0", "image: calciumsweep"),
        ("root", "runAsUser: 10001", "runAsUser: 0"),
        ("perhaps root", "runAsNonRoot: true", "runAsNonRoot: false"),
        ("a writable root file system", "readOnlyRootFilesystem: true", "readOnlyRootFilesystem: false"),
        ("more rights than the parent", "allowPrivilegeEscalation: false", "allowPrivilegeEscalation: true"),
        ("capabilities", "drop: [ALL]", "drop: [NET_RAW]"),
        ("a capability more", "capabilities: { drop: [ALL] }", "capabilities: { drop: [ALL], add: [NET_ADMIN] }"),
        ("no seccomp profile", "seccompProfile: { type: RuntimeDefault }", "seccompProfile: { type: Unconfined }"),
        ("the node's network", "enableServiceLinks: false", "enableServiceLinks: false\n      hostNetwork: true"),
        ("a folder of the node", "emptyDir: { sizeLimit: 256Mi }", "hostPath: { path: /tmp }"),
        ("a port of the node", "containerPort: 4053", "containerPort: 4053, hostPort: 4053"),
        ("a token of the API server", "automountServiceAccountToken: false\n      enable", "automountServiceAccountToken: true\n      enable"),
        ("no requests", "requests:\n              cpu: 500m\n              memory: 1Gi", "requests: {}"),
        ("no memory limit", "limits:\n              memory: 1Gi", "limits: {}"),
        ("liveness that asks the store", "httpGet: { path: /health/live, port: http }", "httpGet: { path: /health/ready, port: http }"),
        ("a version in a selector", "      app.kubernetes.io/component: worker\n  template:", "      app.kubernetes.io/component: worker\n      app.kubernetes.io/version: \"1\"\n  template:"),
        ("a service that selects nothing", "  selector:\n    app.kubernetes.io/name: calciumsweep\n    app.kubernetes.io/instance: sweep\n    app.kubernetes.io/component: dashboard", "  selector:\n    app: dashboard"),
        ("a budget of others' pods", "      app.kubernetes.io/component: coordinator\n---\n# Source: calciumsweep/templates/disruptionbudgets.yaml", "      app.kubernetes.io/component: other\n---\n# Source: calciumsweep/templates/disruptionbudgets.yaml"),
        ("a policy for everybody", "from: [{ podSelector: *members }]", "from: []"),
        ("no policy that denies", "policyTypes: [Ingress, Egress]", "policyTypes: [Ingress]"),
        ("members that start one by one", "podManagementPolicy: Parallel", "podManagementPolicy: OrderedReady"),
        ("seeds that are not found", "publishNotReadyAddresses: true", "publishNotReadyAddresses: false"),
        ("a secret in the environment", "{ name: CALCIUMSWEEP_TOKEN_FILE, value: /etc/calciumsweep/token/token }", "{ name: CALCIUMSWEEP_TOKEN, value: swordfish-swordfish }"),
        ("a secret in the manifest", "kind: ConfigMap", "kind: Secret"),
        ("a role", "---\n# Source: calciumsweep/templates/serviceaccounts.yaml", "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: { name: all }\nrules: [{ apiGroups: [\"*\"], resources: [\"*\"], verbs: [\"*\"] }]\n---\n# Source: calciumsweep/templates/serviceaccounts.yaml"),
        ("a port of a service without its protocol", "protocol: TCP, port: 4053", "port: 4053"),
        ("a port of a container without its protocol", "protocol: TCP, containerPort: 4053", "containerPort: 4053"),
        ("a volume that nobody mounts", "- { name: tmp, mountPath: /tmp }", "- { name: data, mountPath: /tmp }"),
    ];

    [Fact]
    public void Every_seeded_defect_is_rejected()
    {
        Assert.InRange(_defects.Length, 40, int.MaxValue);
        string good = Chart.Render("everything");
        Assert.All(_defects, defect => Assert.True(good.Contains(defect.Good, StringComparison.Ordinal), $"{defect.Name}: the manifest has no such place any more"));
        Dictionary<string, string> manifests = _defects.ToDictionary(defect => defect.Name, defect => First(good, defect.Good, defect.Bad), StringComparer.Ordinal);
        manifests.Add("", good);
        IReadOnlyDictionary<string, string[]> found = Validator.Problems(manifests);
        Assert.Empty(found[""].Concat(Policy.Problems(Validator.Objects(good))));
        string[] missed = [.. manifests.Keys.Where(name => name.Length > 0 && found[name].Length == 0 && Policy.Problems(Validator.Objects(manifests[name])).Count == 0)];
        Assert.True(missed.Length == 0, "not found: " + string.Join(", ", missed));
    }

    [Fact]
    public void Each_validator_finds_what_its_kind_of_mistake_is()
    {
        const string Service = "apiVersion: v1\nkind: Service\nmetadata: { name: a }\nspec: { ports: [{ port: 80 }], type: ClusterIP }\n";
        var manifests = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["good"] = Service,
            ["unknown field"] = Service.Replace("ports", "portz", StringComparison.Ordinal),
            ["wrong type"] = Service.Replace("port: 80", "port: eighty", StringComparison.Ordinal),
            ["enumeration"] = Service.Replace("ClusterIP", "ClusterIp", StringComparison.Ordinal),
            ["missing"] = Service.Replace("port: 80", "name: http", StringComparison.Ordinal),
        };
        IReadOnlyDictionary<string, string[]> found = Validator.Problems(manifests);
        Assert.Empty(found["good"]);
        Assert.Contains(found["unknown field"], what => what.Contains("portz is unknown", StringComparison.Ordinal));
        Assert.Contains(found["unknown field"], what => what.StartsWith("typed:", StringComparison.Ordinal));
        Assert.All((string[])["wrong type", "enumeration", "missing"], name => Assert.NotEmpty(found[name]));
    }

    private static string First(string text, string good, string bad)
    {
        int at = text.IndexOf(good, StringComparison.Ordinal);
        return text[..at] + bad + text[(at + good.Length)..];
    }
}
