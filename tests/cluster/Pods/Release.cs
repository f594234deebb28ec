using System.Diagnostics;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using CalciumSweep.Chaos;
using CalciumSweep.StoreTests;
using YamlDotNet.RepresentationModel;

namespace CalciumSweep.Pods;

/// <summary>The chart's pods as one installation: in the order that Helm and Kubernetes bring them up, with the secrets that an administrator makes.</summary>
internal sealed class Release : IDisposable
{
    private const string Image = "localhost/calciumsweep:pods";

    // Other things may keep the machine busy.
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(6);
    private readonly string _folder;
    private readonly Manifests _manifests;
    private readonly CertificateAuthority _authority = new();
    private readonly PodDatabase _database;
    private readonly string _token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly List<string> _secrets = [];
    private (string Address, string[] Names)[] _hosts = [];

    /// <param name="folder">Everything of it is in there.</param>
    /// <param name="manifests">What Helm rendered.</param>
    public Release(string folder, string manifests)
    {
        _folder = folder;
        _manifests = new Manifests(manifests);
        _database = new PodDatabase(Path.Combine(folder, "database"), _authority);
    }

    private IEnumerable<Pod> Of(string component) => _manifests.Pods.Where(pod => pod.Component == component);

    /// <summary>Database and secrets, the migration, coordinators, then workers and dashboards, each until its probes are content.</summary>
    public void Install()
    {
        PodNetwork.Connect(Image);
        _database.Start();
        (string certificate, string key) = _authority.Sign("node");
        Secret("sweep-database", ("password", _database.Password), ("ca.crt", _authority.Root));
        Secret("sweep-token", ("token", _token));
        Secret("sweep-tls", ("tls.crt", certificate), ("tls.key", key), ("ca.crt", _authority.Root));
        _hosts = [.. _manifests.Hosts(), (PodNetwork.Database, [PodDatabase.Host])];

        Pod migration = Of("migration").Single();
        Play(migration);
        migration.WaitUntilEnded();
        migration.Remove();
        Say("the migration has ended with 0");
        foreach (string component in (string[])["coordinator", "worker", "dashboard"])
        {
            foreach (Pod pod in Of(component))
            {
                Play(pod);
            }

            foreach (Pod pod in Of(component))
            {
                pod.WaitUntilReady(_patience);
                Say($"{pod.Name} is ready: {pod.Rights()}");
            }
        }
    }

    /// <summary>What <c>helm test</c> runs.</summary>
    public void RunTest()
    {
        Pod test = Of("test").Single();
        Play(test);
        test.WaitUntilEnded();
        test.Remove();
        Say("the release's test has ended with 0: 100 points submitted, 100 results");
    }

    /// <summary>A campaign, submitted through the dashboard; a worker is drained, a coordinator killed and made again.</summary>
    /// <returns>True if it comes to the bits of a run outside of containers.</returns>
    public bool RunCampaign(string spec, string program)
    {
        using var client = new HttpClient { BaseAddress = new Uri($"http://{Of("dashboard").First().Address}:8260"), Timeout = _patience };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        using var post = new HttpRequestMessage(HttpMethod.Post, "/api/campaigns") { Content = new StringContent(File.ReadAllText(spec)) };
        (bool isTaken, string answer) = Send(client, post);
        if (!isTaken)
        {
            throw new InvalidOperationException($"the campaign is refused: {answer}");
        }

        JsonElement campaign = JsonDocument.Parse(answer).RootElement;
        string id = campaign.GetProperty("campaign").GetString()!;
        long simulations = campaign.GetProperty("simulations").GetInt64();
        Say($"{id}: {simulations} simulations, submitted through the dashboard");
        Until(client, id, status => status.GetProperty("done").GetInt64() > simulations / 10);
        Pod worker = Of("worker").Last(), coordinator = Of("coordinator").First();
        Say($"{worker.Name} is scaled down: ended with 0 within {worker.Stop().TotalSeconds:0.0} s");
        coordinator.Kill();
        Say($"{coordinator.Name} is killed; {Until(client, id, _ => true).GetProperty("done")} are done");
        Play(coordinator);
        coordinator.WaitUntilReady(_patience);
        Play(worker);
        worker.WaitUntilReady(_patience);
        JsonElement last = Until(client, id, _ => true);
        Say($"both are back and ready; {last.GetProperty("done")} are done");
        JsonElement end = Until(client, id, status => status.GetProperty("state").GetString() == "completed");
        string digest = end.GetProperty("digest").GetString()!, alone = Alone(spec, program);
        Say($"{end.GetProperty("done")} done, {end.GetProperty("quarantined")} quarantined, {digest}");
        Say(digest == alone ? "the digest is that of a run outside of containers" : $"DIFFERENT: a run outside of containers has {alone}");
        foreach (Pod pod in (Pod[])[.. Of("worker"), .. Of("dashboard"), .. Of("coordinator")])
        {
            pod.Stop();
        }

        Say("all pods have ended with 0");
        return digest == alone && end.GetProperty("done").GetInt64() == simulations;
    }

    /// <summary>Keeps what the pods said.</summary>
    public void SaveLogs()
    {
        foreach (Pod pod in _manifests.Pods)
        {
            File.WriteAllText(Path.Combine(_folder, $"{pod.Name}.log"), pod.Logs());
        }
    }

    public void Dispose()
    {
        foreach (Pod pod in _manifests.Pods)
        {
            pod.Remove();
        }

        foreach (string secret in _secrets)
        {
            Shell.Try(null, "podman", "secret", "rm", secret);
            Shell.Try(null, "podman", "volume", "rm", "-f", secret);
        }

        _secrets.Clear();
        foreach (YamlNode map in _manifests.Settings)
        {
            Shell.Try(null, "podman", "volume", "rm", "-f", map.At("metadata", "name").Text()!);
        }

        _database.Dispose();
        _authority.Dispose();
    }

    private string Alone(string spec, string program)
    {
        string output = Shell.Run(null, "dotnet", program, "run", spec, "--json", "--yes", "--data", Path.Combine(_folder, "alone"));
        return JsonDocument.Parse(output).RootElement.GetProperty("digest").GetString()!;
    }

    private static JsonElement Until(HttpClient client, string id, Predicate<JsonElement> holds)
    {
        var clock = Stopwatch.StartNew();
        string last = "";
        while (clock.Elapsed < _patience)
        {
            using var get = new HttpRequestMessage(HttpMethod.Get, $"/api/campaigns/{id}");
            (bool isGood, last) = Send(client, get);
            if (isGood && JsonDocument.Parse(last).RootElement is var status && holds(status))
            {
                return status;
            }

            Thread.Sleep(200);
        }

        throw new TimeoutException($"{id} after {clock.Elapsed.TotalSeconds:0} s: {last}");
    }

    private static (bool IsGood, string Text) Send(HttpClient client, HttpRequestMessage request)
    {
        using HttpResponseMessage response = client.Send(request);
        using var reader = new StreamReader(response.Content.ReadAsStream());
        return (response.IsSuccessStatusCode, reader.ReadToEnd());
    }

    private void Play(Pod pod) => pod.Play(_folder, _manifests.Settings, _hosts);

    private void Secret(string name, params (string Key, string Text)[] members)
    {
        // As podman 4.3 keeps one that it reads from manifests; but it hands on what stands there as it is, base64 or not.
        YamlMappingNode data = Yaml.Of([.. members.Select(one => (one.Key, (YamlNode)Yaml.Quoted(one.Text)))]);
        string file = Path.Combine(_folder, $"{name}.secret");
        using (var writer = new StreamWriter(file))
        {
            new YamlStream(new YamlDocument(Yaml.Of(("apiVersion", "v1"), ("kind", "Secret"), ("metadata", Yaml.Of(("name", name))), ("data", data)))).Save(writer, assignAnchors: false);
        }

        Shell.Try(null, "podman", "secret", "rm", name);
        Shell.Try(null, "podman", "volume", "rm", "-f", name);
        Shell.Run(null, "podman", "secret", "create", name, file);
        _secrets.Add(name);
    }

    private void Say(string what) => Console.WriteLine($"{_clock.Elapsed.TotalSeconds,5:0} s  {what}");
}
