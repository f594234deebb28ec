using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using CalciumSweep.EndToEnd.Cli;
using CalciumSweep.Unit;
using Xunit;

namespace CalciumSweep.EndToEnd.Server;

/// <summary>What leaves a node beside <c>/metrics</c>: traces and measurements to a collector, and its log.</summary>
public sealed class TelemetryTests : IDisposable
{
    private readonly Sandbox _box = new();

    [Fact]
    public async Task A_collector_that_the_environment_names_gets_traces_and_measurements()
    {
        var posted = new ConcurrentQueue<(string Path, string Body)>();
        using HttpListener collector = Listen(out string url);
        Task taking = TakeAsync(collector, posted);

        Answer run = Sandbox.Finish(_box.Start(
            ["run", _box.WriteSpec(), "--json"],
            [("OTEL_EXPORTER_OTLP_ENDPOINT", url), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_SERVICE_NAME", "sweep-of-a-test")]));

        collector.Stop();
        await taking;
        Assert.Equal(0, run.ExitCode);
        string traces = Concat("/v1/traces"), metrics = Concat("/v1/metrics");
        foreach (string part in (string[])["campaign.submit", "grains.lease", "grains.store", "calciumsweep.worker", run.Json.GetProperty("campaign").GetString()!, "sweep-of-a-test"])
        {
            Assert.Contains(part, traces, StringComparison.Ordinal);
        }

        Assert.Contains("calciumsweep.simulations", metrics, StringComparison.Ordinal);
        Assert.Contains("calciumsweep.solver.steps", metrics, StringComparison.Ordinal);

        string Concat(string path) => string.Concat(posted.Where(one => one.Path == path).Select(one => one.Body));
    }

    [Fact]
    public void The_log_is_json_with_ids_of_campaign_grains_and_worker_when_it_is_asked_for()
    {
        Answer run = Sandbox.Finish(_box.Start(["run", _box.WriteSpec(), "--json", "--log-level", "debug"], [("CALCIUMSWEEP_LOG_FORMAT", "json")]));
        Assert.Equal(0, run.ExitCode);
        JsonElement[] entries = [.. run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
        string id = run.Json.GetProperty("campaign").GetString()!;
        Assert.All(entries, entry => Assert.True(entry.TryGetProperty("@t", out _) && entry.TryGetProperty("@m", out _)));
        Assert.Contains(entries, entry => Has(entry, "submitted", "Campaign"));
        Assert.Contains(entries, entry => Has(entry, "leases", "Campaign", "Grains", "Worker"));
        Assert.Contains(entries, entry => Has(entry, "stored", "Campaign", "Grains", "Worker"));
        Assert.Contains(entries, entry => Has(entry, "finished", "Campaign"));

        bool Has(JsonElement entry, string word, params string[] ids) => entry.GetProperty("@m").GetString()!.Contains(word, StringComparison.Ordinal)
            && ids.All(name => entry.TryGetProperty(name, out JsonElement value) && (name != "Campaign" || value.GetString() == id));
    }

    public void Dispose() => _box.Dispose();

    private static HttpListener Listen(out string url)
    {
        url = $"http://127.0.0.1:{LocalPort.Free()}";
        var listener = new HttpListener();
        listener.Prefixes.Add(url + "/");
        listener.Start();
        return listener;
    }

    private static async Task TakeAsync(HttpListener collector, ConcurrentQueue<(string Path, string Body)> posted)
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await collector.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            posted.Enqueue((context.Request.Url!.AbsolutePath, Encoding.Latin1.GetString(body.ToArray())));
            context.Response.Close();
        }
    }
}
