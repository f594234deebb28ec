using System.Diagnostics;
using System.Formats.Tar;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using CalciumSweep.EndToEnd.Cli;
using CalciumSweep.Unit;
using Xunit;

namespace CalciumSweep.ImageTests;

/// <summary>What an administrator gets: what is in the image, and what it does with the rights that a cluster gives it.</summary>
public sealed class BuiltImageTests(BuiltImage image) : IClassFixture<BuiltImage>
{
    private const string Token = "a-token-of-the-operators-own";
    private static readonly string _map = File.ReadAllText(Repository.PathOf("tests", "Image", "small-map.yaml"));
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(120);

    [Fact]
    public void It_is_small_labelled_and_not_for_root()
    {
        Assert.InRange(new FileInfo(image.Archive).Length, 1, 150_000_000);
        using var inspected = JsonDocument.Parse(Podman.Run("podman", "image", "inspect", image.Name));
        JsonElement config = inspected.RootElement[0].GetProperty("Config"), labels = config.GetProperty("Labels");
        Assert.Equal("10001:10001", config.GetProperty("User").GetString());
        Assert.Equal(["/app/calciumsweep"], config.GetProperty("Entrypoint").EnumerateArray().Select(word => word.GetString()!), StringComparer.Ordinal);
        Assert.Equal("Apache-2.0", Label("licenses"));
        Assert.Equal(Run([], "--version").Trim(), Label("version"));
        Assert.Matches("^([0-9a-f]{40}|unknown)$", Label("revision"));

        string Label(string name) => labels.GetProperty($"org.opencontainers.image.{name}").GetString()!;
    }

    [Fact]
    public void It_has_fonts_and_licence_and_no_shell_and_nothing_runs_as_another_user()
    {
        string container = Podman.Run("podman", "create", "--pull=never", image.Name).Trim();
        string archive = Path.Combine(image.Folder, "files.tar");
        try
        {
            Podman.Run("podman", "export", "-o", archive, container);
        }
        finally
        {
            Podman.Run("podman", "rm", container);
        }

        var files = new List<string>();
        using (var reader = new TarReader(File.OpenRead(archive)))
        {
            while (reader.GetNextEntry() is { } entry)
            {
                files.Add(entry.Name);
                Assert.True(entry.EntryType == TarEntryType.Directory || (entry.Mode & (UnixFileMode.SetUser | UnixFileMode.SetGroup)) == UnixFileMode.None, entry.Name);
            }
        }

        Assert.DoesNotContain(files, file => Path.GetFileName(file) is "sh" or "dash" or "bash" or "busybox" or "apt-get" or "dpkg");
        Assert.Contains("app/Export/Fonts/DejaVuSans.ttf", files, StringComparer.Ordinal);
        Assert.Contains("app/LICENSE", files, StringComparer.Ordinal);
        Assert.Contains(files, file => file.EndsWith("inter-latin-wght-normal.woff2", StringComparison.Ordinal));
    }

    [Fact]
    public void The_main_job_runs_read_only_without_capabilities_and_ends_with_the_same_digest_and_picture()
    {
        using var box = new Sandbox();
        string spec = box.Write("map.yaml", _map);
        JsonElement here = box.Run("run", spec, "--json").Json;
        string id = here.GetProperty("campaign").GetString()!, picture = Path.Combine(box.Folder, "map.png");
        Assert.Equal(0, box.Run("plot", id, "--out", picture).ExitCode);

        string data = Shared("data");
        File.WriteAllText(Path.Combine(data, "map.yaml"), _map);
        string[] options = ["--rm", "--network", "none", "-v", $"{data}:/data"];
        using var there = JsonDocument.Parse(Run(options, "run", "map.yaml", "--json"));
        Assert.Equal("completed", there.RootElement.GetProperty("state").GetString());
        Assert.Equal(here.GetProperty("digest").GetString(), there.RootElement.GetProperty("digest").GetString());
        Run(options, "plot", id, "--out", "/data/map.png");
        Assert.Equal(File.ReadAllBytes(picture), File.ReadAllBytes(Path.Combine(data, "map.png")));
    }

    [Fact]
    public async Task Roles_are_arguments_and_a_container_that_is_stopped_leaves_in_good_order()
    {
        string data = Shared("cluster");
        int cluster = LocalPort.Free(), http = LocalPort.Free(), worker = LocalPort.Free(), dashboard = LocalPort.Free();
        string[] names = [.. Enumerable.Range(0, 3).Select(_ => $"calciumsweep-test-{Guid.NewGuid():N}")];
        try
        {
            Start(names[0], "--role", "coordinator", "--port", $"{cluster}", "--http", $"http://127.0.0.1:{http}");
            Start(names[1], "--role", "worker", "--workers", "1", "--port", $"{LocalPort.Free()}", "--seeds", $"127.0.0.1:{cluster}", "--http", $"http://127.0.0.1:{worker}");
            Start(names[2], "--role", "dashboard", "--http", $"http://127.0.0.1:{dashboard}", "--server", $"http://127.0.0.1:{http}");
            using var client = new HttpClient { Timeout = _patience };
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
            foreach (int port in (int[])[http, worker, dashboard])
            {
                await UntilAsync(client, $"http://127.0.0.1:{port}/health/ready", _ => true);
            }

            // Through the dashboard, as a browser would.
            var spec = new StringContent(_map);
            using HttpResponseMessage submitted = await client.PostAsync($"http://127.0.0.1:{dashboard}/api/campaigns", spec);
            string answer = await submitted.Content.ReadAsStringAsync();
            Assert.True(submitted.StatusCode == HttpStatusCode.Created, answer);
            string id = JsonDocument.Parse(answer).RootElement.GetProperty("campaign").GetString()!;
            await UntilAsync(client, $"http://127.0.0.1:{dashboard}/api/campaigns/{id}", text => text.Contains("\"completed\"", StringComparison.Ordinal));
            Assert.Contains("calciumsweep_solver_steps_total{", await client.GetStringAsync($"http://127.0.0.1:{worker}/metrics"), StringComparison.Ordinal);

            foreach (string name in names.Reverse())
            {
                Assert.DoesNotContain("\"@l\":\"Error\"", Podman.Try("podman", "logs", name).Error, StringComparison.Ordinal);
                Podman.Run("podman", "stop", "-t", "60", name);
                Assert.Equal("0", Podman.Run("podman", "inspect", "-f", "{{.State.ExitCode}}", name).Trim());
            }
        }
        catch (Exception e)
        {
            string logs = string.Join('\n', names.Select(name => Podman.Try("podman", "logs", name)).Select(said => said.Output + said.Error));
            throw new InvalidOperationException($"{e.Message}\n{logs}", e);
        }
        finally
        {
            Podman.Try("podman", ["rm", "-f", "-t", "0", .. names]);
        }

        void Start(string name, params string[] command) => Podman.Run("podman", image.Restricted(
            ["-d", "--name", name, "--network", "host", "-v", $"{data}:/data", "-e", $"CALCIUMSWEEP_TOKEN={Token}"], ["up", .. command]));
    }

    private string Run(IEnumerable<string> options, params IEnumerable<string> command) => Podman.Run("podman", image.Restricted(options, command));

    // The user of the container is nobody on this machine.
    private string Shared(string name)
    {
        string folder = Path.Combine(image.Folder, name);
        Directory.CreateDirectory(folder);
        File.SetUnixFileMode(image.Folder, (UnixFileMode)0b111_101_101);
        File.SetUnixFileMode(folder, (UnixFileMode)0b111_111_111);
        return folder;
    }

    private static async Task UntilAsync(HttpClient client, string url, Predicate<string> holds)
    {
        var start = Stopwatch.StartNew();
        string last = "";
        while (start.Elapsed < _patience)
        {
            try
            {
                using HttpResponseMessage response = await client.GetAsync(url);
                last = await response.Content.ReadAsStringAsync();
                if (response.IsSuccessStatusCode && holds(last))
                {
                    return;
                }
            }
            catch (HttpRequestException e)
            {
                last = e.Message;
            }

            await Task.Delay(100);
        }

        throw new TimeoutException($"{url} after {start.Elapsed.TotalSeconds:0} s: {last}");
    }
}
