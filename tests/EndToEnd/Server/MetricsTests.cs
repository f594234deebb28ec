using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using CalciumSweep.EndToEnd.Cli;
using CalciumSweep.Unit;
using Xunit;

namespace CalciumSweep.EndToEnd.Server;

/// <summary>What a coordinator and a worker tell while they compute, against docs/metrics.md and all that asks for it.</summary>
public sealed partial class MetricsTests(MetricsTests.Measured measured) : IClassFixture<MetricsTests.Measured>
{
    private const string Dashboard = "helm/calciumsweep/dashboards/calciumsweep.json";

    // Who scrapes adds these.
    private static readonly string[] _ofTheTarget = ["namespace", "pod", "instance", "job", "le", "service"];

    private static IReadOnlyList<Documented> Page { get; } =
    [
        .. DocumentedRow().Matches(File.ReadAllText(Repository.PathOf("docs", "metrics.md"))).Select(row => new Documented(
            row.Groups["name"].Value, row.Groups["type"].Value, [.. Word().Matches(row.Groups["labels"].Value).Select(word => word.Value)],
            row.Groups["unit"].Value.Trim(), row.Groups["meaning"].Value.Trim())),
    ];

    public static TheoryData<string> Askers =>
    [
        .. new[] { "helm", "k8s" }.Select(folder => Repository.PathOf(folder)).Where(Directory.Exists)
            .SelectMany(folder => Directory.GetFiles(folder, "*", SearchOption.AllDirectories)).Select(file => Path.GetRelativePath(Repository.Root, file))
            .Where(file => MetricName().IsMatch(File.ReadAllText(Repository.PathOf(file)))),
    ];

    [Fact]
    public void The_page_names_what_is_exported_with_type_and_labels_and_nothing_else()
    {
        Assert.Equal(
            measured.Scrape.Types.Where(family => family.Key.StartsWith("calciumsweep_", StringComparison.Ordinal))
                .Select(family => $"{family.Key} {family.Value}").Order(StringComparer.Ordinal),
            Page.Select(row => $"{row.Name} {row.Type}").Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.All(Page, row => Assert.Equal(
            row.Labels.Order(StringComparer.Ordinal),
            measured.Scrape.LabelsOf(row.Type == "histogram" ? row.Name + "_count" : row.Name).Order(StringComparer.Ordinal), StringComparer.Ordinal));
        Assert.All(Page, row => Assert.False(row.Unit.Length == 0 || row.Meaning.Length == 0, row.Name));
    }

    [Theory]
    [MemberData(nameof(Askers))]
    public void Whoever_asks_for_a_metric_asks_for_one_that_there_is(string file)
    {
        var known = new HashSet<string>(measured.Scrape.Series, StringComparer.Ordinal);
        Assert.DoesNotContain(
            MetricName().Matches(File.ReadAllText(Repository.PathOf(file))).Select(match => match.Value), name => !known.Contains(name));
    }

    [Fact]
    public void Every_query_of_the_dashboard_is_answered_with_the_labels_that_it_names()
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(Repository.PathOf(Dashboard)));
        string[] queries =
        [
            .. dashboard.RootElement.GetProperty("panels").EnumerateArray()
                .Where(panel => panel.GetProperty("type").GetString() != "row")
                .SelectMany(panel => panel.GetProperty("targets").EnumerateArray()).Select(target => target.GetProperty("expr").GetString()!),
            .. dashboard.RootElement.GetProperty("templating").GetProperty("list").EnumerateArray()
                .Where(variable => variable.GetProperty("type").GetString() == "query").Select(variable => variable.GetProperty("definition").GetString()!),
        ];
        Assert.True(queries.Length > 20);
        Assert.All(queries, query =>
        {
            string[] names = [.. SeriesName().Matches(query).Select(match => match.Value)];
            Assert.NotEmpty(names);
            Assert.All(names, name => Assert.Contains(name, measured.Scrape.Series, StringComparer.Ordinal));
            IEnumerable<string> labels = Grouped().Matches(query).SelectMany(match => Word().Matches(match.Groups["labels"].Value)).Select(match => match.Value)
                .Concat(Matched().Matches(query).Select(match => match.Groups["label"].Value)).Except(_ofTheTarget, StringComparer.Ordinal);
            Assert.All(labels, label => Assert.All(names, name => Assert.Contains(label, measured.Scrape.LabelsOf(name), StringComparer.Ordinal)));
        });
        foreach (string what in (string[])["simulations_total", "lanes_busy", "leases", "pending", "store_flush_seconds", "store_errors_total", "solver_steps_total", "remaining_seconds"])
        {
            Assert.Contains(queries, query => query.Contains(what, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void The_figures_are_those_of_the_campaign()
    {
        Dictionary<string, double> largest = measured.Scrape.Largest;
        Assert.Equal(Measured.Simulations, Max("calciumsweep_simulations_total"));
        Assert.Equal(Measured.Simulations, Max("calciumsweep_campaign_simulations"));
        Assert.InRange(Max("calciumsweep_pending"), 1, Measured.Simulations);
        Assert.InRange(Max("calciumsweep_leases"), 1, Measured.Simulations);
        Assert.InRange(Max("calciumsweep_campaign_remaining_seconds"), 0.01, 1e6);
        Assert.Equal(1, Max("calciumsweep_campaign_workers"));
        Assert.InRange(Max("calciumsweep_store_flush_seconds_count"), 1, Measured.Simulations);
        Assert.Contains(largest.Keys, key => key.StartsWith("calciumsweep_solver_steps_total{", StringComparison.Ordinal)
            && key.Contains("scenario=\"no-op\"", StringComparison.Ordinal) && key.Contains("mechanisms=\"none\"", StringComparison.Ordinal));

        double Max(string name) => largest.Where(one => one.Key.Split('{')[0] == name).Max(one => one.Value);
    }

    [Fact]
    public void A_worker_alone_tells_how_it_is_and_answers_nothing_else() => Assert.Equal(
        [HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound],
        measured.WorkersAnswers);

    [GeneratedRegex(@"^\| `(?<name>calciumsweep_[a-z_]+)` \| (?<type>\w+) \| (?<labels>[^|]*)\| (?<unit>[^|]+)\| (?<meaning>[^|]+)\|$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DocumentedRow();

    [GeneratedRegex("[a-z_]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();

    [GeneratedRegex(@"\bcalciumsweep_[a-z_]+\b", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MetricName();

    [GeneratedRegex(@"\b(calciumsweep|dotnet|http_server)_[a-z_]+\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SeriesName();

    [GeneratedRegex(@"\bby \((?<labels>[^)]*)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Grouped();

    [GeneratedRegex("(?<label>[a-z_]+)=~?\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Matched();

    /// <summary>A row of the page.</summary>
    private sealed record Documented(string Name, string Type, IReadOnlyList<string> Labels, string Unit, string Meaning);

    /// <summary>A coordinator and a worker that were scraped from a submission to the end.</summary>
    public sealed class Measured : IAsyncLifetime
    {
        public const int Simulations = 192;
        private static readonly TimeSpan _patience = TimeSpan.FromSeconds(300);

        internal Scrape Scrape { get; } = new();

        public List<HttpStatusCode> WorkersAnswers { get; } = [];

        public async Task InitializeAsync()
        {
            using var box = new Sandbox();
            using var coordinator = new ServerProcess(box, "--role", "coordinator");
            using var worker = new ServerProcess(box, "--role", "worker", "--seeds", coordinator.Cluster, "--workers", "1");

            // 10 s of the one thread: the time left is known after three.
            string id = box.Run("submit", box.WriteSpec(cost: 0.05), "--json").Json.GetProperty("campaign").GetString()!;
            var start = Stopwatch.StartNew();
            bool isDone = false;
            while (!isDone && start.Elapsed < _patience)
            {
                // The exporter repeats what it said up to 0.3 s ago: each scrape here is one of its own, the last one too.
                await Task.Delay(400);
                isDone = (await coordinator.GetAsync($"/api/campaigns/{id}")).GetProperty("state").GetString() == "completed";
                Scrape.Add(await coordinator.Client.GetStringAsync("/metrics"));
                Scrape.Add(await worker.Client.GetStringAsync("/metrics"));
            }

            foreach (string path in (string[])["/metrics", "/health/live", "/health/ready", "/health/startup", "/api/campaigns", "/openapi/v1.json", "/"])
            {
                using HttpResponseMessage response = await worker.Client.GetAsync(path);
                WorkersAnswers.Add(response.StatusCode);
            }
        }

        public Task DisposeAsync() => Task.CompletedTask;
    }
}
