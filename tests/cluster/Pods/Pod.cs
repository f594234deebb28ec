using System.Diagnostics;
using System.Globalization;
using CalciumSweep.Chaos;
using YamlDotNet.RepresentationModel;

namespace CalciumSweep.Pods;

/// <summary>A pod as it was rendered, with the name and address that it gets.</summary>
/// <param name="name">Its name.</param>
/// <param name="address">Its address.</param>
/// <param name="space">Its namespace.</param>
/// <param name="template">Its spec.</param>
internal sealed class Pod(string name, string address, string space, YamlMappingNode template)
{
    private static readonly string[] _notOfPodman = ["startupProbe", "livenessProbe", "readinessProbe", "lifecycle", "ports"];
    private static readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(5) };

    public string Name => name;

    public string Address => address;

    public required Dictionary<string, string> Labels { get; init; }

    public required string Component { get; init; }

    private YamlNode Container => template.Get("containers").Items().First();

    private IEnumerable<string> Containers => template.Get("containers").Items().Select(one => $"{name}-{one.Get("name").Text()}");

    /// <summary>Its own empty folders.</summary>
    private IEnumerable<string?> Folders => template.Get("volumes").Items().Where(volume => volume.Get("emptyDir") is not null).Select(volume => volume.Get("name").Text());

    /// <summary>Has podman play it.</summary>
    /// <param name="folder">Where its file is written.</param>
    /// <param name="settings">Maps of settings that it may read.</param>
    /// <param name="hosts">Names with addresses.</param>
    public void Play(string folder, IEnumerable<YamlNode> settings, IEnumerable<(string Address, string[] Names)> hosts)
    {
        var spec = (YamlMappingNode)Copy(template);
        spec.Children.Remove(new YamlScalarNode("serviceAccountName"));
        spec.Add("hostAliases", new YamlSequenceNode(hosts.Select(host => Yaml.Of(
            ("ip", host.Address), ("hostnames", new YamlSequenceNode(host.Names.Select(one => new YamlScalarNode(one))))))));
        YamlMappingNode[] containers = [.. spec.Get("initContainers").Items().Concat(spec.Get("containers").Items()).Cast<YamlMappingNode>()];
        foreach (YamlMappingNode container in containers)
        {
            Settle(container);
            foreach (YamlMappingNode mount in container.Get("volumeMounts").Items().Cast<YamlMappingNode>().Where(mount => Folders.Contains(mount.Get("name").Text(), StringComparer.Ordinal)))
            {
                Own(mount);
            }
        }

        foreach (YamlMappingNode volume in spec.Get("volumes").Items().Cast<YamlMappingNode>())
        {
            (volume.Get("secret") as YamlMappingNode)?.Add("optional", "false");
            if (volume.Get("emptyDir") is not null)
            {
                Own(volume);
            }
        }

        YamlMappingNode pod = Yaml.Of(
            ("apiVersion", "v1"), ("kind", "Pod"),
            ("metadata", Yaml.Of(("name", name), ("labels", new YamlMappingNode(Labels.Select(label => new KeyValuePair<YamlNode, YamlNode>(label.Key, Yaml.Quoted(label.Value))))))),
            ("spec", spec));
        string file = Path.Combine(folder, $"{name}.yaml");
        using (var writer = new StreamWriter(file))
        {
            new YamlStream([.. settings.Append(pod).Select(document => new YamlDocument(document))]).Save(writer, assignAnchors: false);
        }

        Shell.Run(null, "podman", "play", "kube", "--network", PodNetwork.Name, "--ip", address, file);
    }

    /// <summary>Waits until what its probes ask for is answered, first that of the start.</summary>
    public void WaitUntilReady(TimeSpan patience)
    {
        foreach (string probe in (string[])["startupProbe", "readinessProbe"])
        {
            if (Container.At(probe, "httpGet") is not { } get)
            {
                throw new InvalidOperationException($"{name} has no {probe}");
            }

            string port = Container.Get("ports").Items().First(one => one.Get("name").Text() == get.Get("port").Text()).Get("containerPort").Text()!;
            Wait($"http://{address}:{port}{get.Get("path").Text()}", patience);
        }
    }

    /// <summary>Waits until its containers have ended.</summary>
    public void WaitUntilEnded()
    {
        foreach (string container in Containers)
        {
            string code = Shell.Run(null, "podman", "wait", container).Trim();
            if (code != "0")
            {
                throw new InvalidOperationException($"{container} ended with {code}: {Logs()}");
            }
        }
    }

    /// <summary>Takes it away as its cluster would: SIGTERM, and what its spec gives it to end.</summary>
    /// <returns>How long that took.</returns>
    public TimeSpan Stop()
    {
        var clock = Stopwatch.StartNew();
        string grace = template.Get("terminationGracePeriodSeconds").Text() ?? "30";
        Shell.Run(null, "podman", "pod", "stop", "-t", grace, name);
        foreach (string container in Containers)
        {
            string code = Shell.Run(null, "podman", "inspect", "-f", "{{.State.ExitCode}}", container).Trim();
            if (code != "0")
            {
                throw new InvalidOperationException($"{container} ended with {code}: {Logs()}");
            }
        }

        Remove();
        return clock.Elapsed;
    }

    /// <summary>Ends it at once.</summary>
    public void Kill()
    {
        Shell.Run(null, "podman", "pod", "kill", name);
        Remove();
    }

    /// <summary>Nothing of it is left.</summary>
    public void Remove()
    {
        Shell.Try(null, "podman", "pod", "rm", "-f", "-t", "0", name);
        Shell.Try(null, ["podman", "volume", "rm", "-f", .. Folders.Select(folder => $"{name}-{folder}")]);
    }

    public string Logs() => Shell.Try(null, "podman", "pod", "logs", name) is var (_, output, error) ? output + error : "";

    /// <summary>What the process may do, as the kernel says.</summary>
    public string Rights()
    {
        string process = Shell.Run(null, "podman", "inspect", "-f", "{{.State.Pid}}", Containers.First()).Trim();
        Dictionary<string, string> status = File.ReadLines($"/proc/{process}/status").Select(line => line.Split(':', 2))
            .ToDictionary(pair => pair[0], pair => pair[1].Trim(), StringComparer.Ordinal);
        string root = File.ReadLines($"/proc/{process}/mounts").First(line => line.Split(' ')[1] == "/").Split(' ')[3].Split(',')[0];
        return $"user {status["Uid"].Split('\t')[0]}, capabilities {Convert.ToInt64(status["CapEff"], 16).ToString(CultureInfo.InvariantCulture)}, no new privileges {status["NoNewPrivs"]}, seccomp {status["Seccomp"]}, root {root}";
    }

    // All pods' folders of one name would be one folder.
    private void Own(YamlMappingNode named) => named.Children[new YamlScalarNode("name")] = $"{name}-{named.Get("name").Text()}";

    private static void Wait(string url, TimeSpan patience)
    {
        var clock = Stopwatch.StartNew();
        string last = "";
        while (clock.Elapsed < patience)
        {
            try
            {
                using HttpResponseMessage response = _http.Send(new HttpRequestMessage(HttpMethod.Get, url));
                if (response.IsSuccessStatusCode)
                {
                    return;
                }

                using var reader = new StreamReader(response.Content.ReadAsStream());
                last = reader.ReadToEnd();
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                last = e.Message;
            }

            Thread.Sleep(200);
        }

        throw new TimeoutException($"{url} after {clock.Elapsed.TotalSeconds:0} s: {last}");
    }

    private void Settle(YamlMappingNode container)
    {
        foreach (string key in _notOfPodman)
        {
            container.Children.Remove(new YamlScalarNode(key));
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (YamlMappingNode variable in container.Get("env").Items().Cast<YamlMappingNode>())
        {
            string value = variable.At("valueFrom", "fieldRef", "fieldPath").Text() switch
            {
                "metadata.name" => name,
                "metadata.namespace" => space,
                "status.podIP" => address,
                null => values.Aggregate(variable.Get("value").Text() ?? "", (text, known) => text.Replace($"$({known.Key})", known.Value, StringComparison.Ordinal)),
                var field => throw new NotSupportedException($"{name} wants its {field}"),
            };
            variable.Children.Remove(new YamlScalarNode("valueFrom"));
            variable.Children[new YamlScalarNode("value")] = Yaml.Quoted(value);
            values[variable.Get("name").Text()!] = value;
        }
    }

    private static YamlNode Copy(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new YamlMappingNode(mapping.Children.Select(one => new KeyValuePair<YamlNode, YamlNode>(Copy(one.Key), Copy(one.Value)))),
        YamlSequenceNode sequence => new YamlSequenceNode(sequence.Children.Select(Copy)),
        YamlScalarNode scalar => new YamlScalarNode(scalar.Value) { Style = scalar.Style },
        _ => throw new NotSupportedException(node.ToString()),
    };
}
