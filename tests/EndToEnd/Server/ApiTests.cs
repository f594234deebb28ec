using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Xunit;

namespace CalciumSweep.EndToEnd.Server;

/// <summary>What the API answers, beside what the command line shows of it.</summary>
public sealed class ApiTests(DoneCampaign done) : IClassFixture<DoneCampaign>
{
    private HttpClient Client => done.Server.Client;

    [Fact]
    public async Task Status_and_list_are_the_objects_of_the_contract()
    {
        JsonElement status = await done.Server.GetAsync($"/api/campaigns/{done.Id}");
        Assert.Equal(
            [
                "campaign", "state", "points", "simulations", "done", "simulated", "cached", "quarantined", "outcomes", "digest",
                "wallSeconds", "simulationsPerSecond", "coreSeconds", "store",
            ],
            status.EnumerateObject().Select(p => p.Name), StringComparer.Ordinal);
        Assert.Equal(done.Status.GetRawText(), status.GetRawText());
        Assert.Contains((await done.Server.GetAsync("/api/campaigns")).EnumerateArray(), c => c.GetRawText() == status.GetRawText());
    }

    [Fact]
    public async Task Tables_are_those_of_the_command_line()
    {
        foreach (string[] form in (string[][])[["csv", "false"], ["csv", "true"], ["json", "false"]])
        {
            string[] flags = form[1] == "true" ? ["--replicates"] : [];
            string table = await Client.GetStringAsync($"/api/campaigns/{done.Id}/export?format={form[0]}&replicates={form[1]}");
            Assert.Equal(done.Box.Run(["export", done.Id, "--format", form[0], .. flags]).Output, table);
            Assert.True(table.Length > 1000);
        }
    }

    [Fact]
    public async Task A_map_comes_as_numbers_bytes_and_pictures_with_a_tag_that_saves_the_second_time()
    {
        string path = $"/api/campaigns/{done.Id}/diagram";
        JsonElement map = await done.Server.GetAsync(path);
        Assert.Equal(("x", "y"), (map.GetProperty("x").GetProperty("parameter").GetString(), map.GetProperty("y").GetProperty("parameter").GetString()));
        Assert.All(Enumerable.Range(0, 8 * 12), i => Assert.Equal(
            i % 12 > (i / 12) + 0.5 ? 1 : 0, map.GetProperty("values")[i / 12][i % 12].GetDouble()));

        byte[] bytes = await Client.GetByteArrayAsync(path + "?format=bytes");
        Assert.Equal(Enumerable.Range(0, 8 * 12).Select(i => (byte)(i % 12 > (i / 12) + 0.5 ? 255 : 1)), bytes);
        JsonElement turned = await done.Server.GetAsync(path + "?x=y&show=sum");
        Assert.Equal(11 + 7.5, turned.GetProperty("values")[11][7].GetDouble());

        byte[] png = await Client.GetByteArrayAsync(path + "?format=png");
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], png[..4]);
        Assert.Contains("<svg", await Client.GetStringAsync(path + "?format=svg"), StringComparison.Ordinal);

        using HttpResponseMessage first = await Client.GetAsync(path);
        using var again = new HttpRequestMessage(HttpMethod.Get, path);
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using HttpResponseMessage second = await Client.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public async Task A_point_has_its_replicates_and_the_command_that_recomputes_it()
    {
        JsonElement point = await done.Server.GetAsync($"/api/campaigns/{done.Id}/points/26");
        Assert.Equal((3, 2.5), (point.GetProperty("parameters").GetProperty("x").GetDouble(), point.GetProperty("parameters").GetProperty("y").GetDouble()));
        Assert.Equal((2, 2), (point.GetProperty("n").GetInt32(), point.GetProperty("outcomes").GetProperty("wave").GetInt32()));
        JsonElement stored = point.GetProperty("replicates")[0].GetProperty("observables").GetProperty("draw");
        string[] command = point.GetProperty("command").GetString()!.Split(' ')[1..];
        JsonElement again = done.Box.Run([.. command, "--json"]).Json;
        Assert.Equal(stored.GetRawText(), again.GetProperty("observables").GetProperty("draw").GetProperty("value").GetRawText());
    }

    [Fact]
    public async Task A_spec_may_be_json_and_again_is_the_same_campaign()
    {
        const string Spec = """{"name":"as-json","scenario":"no-op","axes":[{"parameter":"x","values":[1,2,3]}]}""";
        using HttpResponseMessage first = await Client.PostAsync("/api/campaigns", new StringContent(Spec, Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        using HttpResponseMessage second = await Client.PostAsync("/api/campaigns", new StringContent(Spec));
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        JsonElement there = await done.Server.GetAsync(first.Headers.Location!.ToString());
        Assert.StartsWith("as-json-", there.GetProperty("campaign").GetString(), StringComparison.Ordinal);
        Assert.Equal(Spec, await Client.GetStringAsync($"{first.Headers.Location}/spec"));
        using HttpResponseMessage gone = await Client.DeleteAsync(first.Headers.Location);
        Assert.Equal(HttpStatusCode.OK, gone.StatusCode);
        using HttpResponseMessage nothing = await Client.GetAsync(first.Headers.Location);
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
    }

    [Theory]
    [InlineData(400, "name: [")]
    [InlineData(422, "")]
    [InlineData(422, "name: bad\nscenario: no-op\nreplicats: 3\naxes:\n  - { parameter: x, from: 0, to: 1, points: 3 }\n")]
    [InlineData(422, "name: bad\nscenario: no-op\naxes:\n  - { parameter: xx, values: [1] }\n  - { parameter: cost, values: [99] }\n")]
    [InlineData(422, "name: bad\nscenario: no-opp\naxes:\n  - { parameter: x, values: [1] }\n")]
    public async Task A_wrong_spec_is_a_problem_with_the_errors_of_the_command_line(int status, string spec)
    {
        using HttpResponseMessage response = await Client.PostAsync("/api/campaigns", new StringContent(spec));
        JsonElement problem = await ProblemAsync(response, status);
        string file = done.Box.Write($"bad{spec.Length}.yaml", spec);
        Assert.Equal(
            done.Box.Run("validate", file, "--json").Json.GetProperty("errors").GetRawText(), problem.GetProperty("errors").GetRawText());
    }

    [Theory]
    [InlineData(404, "GET", "/api/campaigns/nothing")]
    [InlineData(404, "POST", "/api/campaigns/nothing/pause")]
    [InlineData(404, "GET", "/api/campaigns/{id}/points/96")]
    [InlineData(404, "GET", "/api/scenarios/nothing")]
    [InlineData(405, "PUT", "/api/campaigns")]
    [InlineData(400, "GET", "/api/campaigns/{id}/export?format=hdf5")]
    [InlineData(404, "GET", "/api/campaigns?after=nothing")]
    [InlineData(400, "GET", "/api/campaigns?limit=0")]
    [InlineData(400, "GET", "/api/campaigns/{id}/diagram?show=nothing")]
    [InlineData(400, "GET", "/api/campaigns/{id}/diagram?x=cost")]
    [InlineData(400, "POST", "/api/campaigns?priority=11")]
    [InlineData(400, "POST", "/api/campaigns?priority=high")]
    public async Task What_is_not_there_is_a_problem_document(int status, string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path.Replace("{id}", done.Id, StringComparison.Ordinal));
        using HttpResponseMessage response = await Client.SendAsync(request);
        await ProblemAsync(response, status);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        using HttpResponseMessage response = await Client.PostAsync("/api/campaigns", new StringContent(new string('#', (1 << 20) + 1)));
        await ProblemAsync(response, 413);
    }

    [Fact]
    public async Task Events_tell_what_holds_and_what_changes_and_keep_the_line_alive()
    {
        using var reader = new StreamReader(await Client.GetStreamAsync("/api/events"));
        JsonElement known = await NextAsync(reader, done.Id, "completed");
        Assert.Equal(192, known.GetProperty("done").GetInt32());

        string spec = (await File.ReadAllTextAsync(done.Box.WriteSpec("events.yaml", replicates: 1))).Replace("diagonal", "events", StringComparison.Ordinal);
        using HttpResponseMessage posted = await Client.PostAsync("/api/campaigns", new StringContent(spec));
        string id = JsonDocument.Parse(await posted.Content.ReadAsStringAsync()).RootElement.GetProperty("campaign").GetString()!;
        JsonElement told = await NextAsync(reader, id, "completed");
        Assert.Equal(96, told.GetProperty("outcomes").EnumerateObject().Sum(o => o.Value.GetInt32()));

        await Client.DeleteAsync($"/api/campaigns/{id}");
        JsonElement gone = await NextAsync(reader, id, "deleted");
        Assert.True(gone.GetProperty("version").GetInt64() > told.GetProperty("version").GetInt64());
        while ((await reader.ReadLineAsync())! != ": heartbeat")
        {
        }
    }

    [Fact]
    public async Task A_list_comes_in_pages_with_a_link_from_each_to_the_next()
    {
        string[] added = new string[3];
        for (int i = 0; i < added.Length; i++)
        {
            string spec = $$"""{"name":"page-{{i}}","scenario":"no-op","axes":[{"parameter":"x","values":[{{i}}]}]}""";
            using HttpResponseMessage posted = await Client.PostAsync("/api/campaigns", new StringContent(spec));
            added[i] = JsonDocument.Parse(await posted.Content.ReadAsStringAsync()).RootElement.GetProperty("campaign").GetString()!;
        }

        var seen = new List<string>();
        for (string? page = "/api/campaigns?limit=2"; page is not null;)
        {
            using HttpResponseMessage response = await Client.GetAsync(page);
            JsonElement[] some = [.. JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.EnumerateArray()];
            Assert.InRange(some.Length, 1, 2);
            seen.AddRange(some.Select(campaign => campaign.GetProperty("campaign").GetString()!));
            page = response.Headers.TryGetValues("Link", out var links) ? links.Single().Split('<', '>')[1] : null;
        }

        Assert.Equal(added, seen.Where(added.Contains), StringComparer.Ordinal);
        Assert.Equal(seen.Count, seen.Distinct(StringComparer.Ordinal).Count());
        foreach (string id in added)
        {
            await Client.DeleteAsync($"/api/campaigns/{id}");
        }
    }

    [Fact]
    public async Task Metrics_count_what_was_computed_and_stored()
    {
        string text = await done.Server.Client.GetStringAsync("/metrics");
        Assert.True(Metric(text, "calciumsweep_simulations_total") >= 192, text);
        Assert.True(Metric(text, "calciumsweep_store_flush_seconds_count") >= 1, text);
        Assert.Equal(1, Metric(text, "calciumsweep_nodes{role=\"coordinator\"}"));
        Assert.Equal(done.Server.Start.GetProperty("workers").GetInt32(), Metric(text, "calciumsweep_solver_threads"));
        foreach (string name in (string[])["lanes", "lanes_busy", "grains{state=\"queued\"}", "store_waiting", "solver_time_seconds_total"])
        {
            Assert.True(Metric(text, $"calciumsweep_{name}") >= 0, name);
        }
    }

    [Fact]
    public async Task The_description_has_a_page_of_its_own_that_asks_nobody_else()
    {
        using HttpResponseMessage page = await Client.GetAsync("/scalar/");
        string html = await page.Content.ReadAsStringAsync();
        Assert.Equal((HttpStatusCode.OK, "text/html"), (page.StatusCode, page.Content.Headers.ContentType!.MediaType));
        Assert.DoesNotContain("https://", html, StringComparison.Ordinal);
        Assert.Contains("openapi/v1.json", html, StringComparison.Ordinal);
        Assert.True((await Client.GetByteArrayAsync("/scalar/scalar.js")).Length > 100_000);
    }

    [Fact]
    public async Task Workers_and_health_tell_how_the_node_is()
    {
        JsonElement worker = (await done.Server.GetAsync("/api/workers")).EnumerateArray().Single();
        Assert.Equal((done.Server.Cluster, "up"), (worker.GetProperty("node").GetString(), worker.GetProperty("status").GetString()));
        Assert.Equal(done.Server.Start.GetProperty("workers").GetInt32(), worker.GetProperty("threads").GetInt32());
        foreach (string what in (string[])["live", "ready", "startup"])
        {
            Assert.Equal("ok", (await done.Server.GetAsync($"/health/{what}")).GetProperty("status").GetString());
        }
    }

    // OpenTelemetry adds labels of its own: the given ones are looked for among them.
    private static double Metric(string text, string name)
    {
        string[] parts = name.TrimEnd('}').Split('{');
        string? line = text.Split('\n').FirstOrDefault(one =>
            one.StartsWith(parts[0], StringComparison.Ordinal) && one[parts[0].Length] is '{' or ' '
            && parts[1..].All(label => one.Contains(label, StringComparison.Ordinal)));
        Assert.True(line is not null, $"there is no {name} in\n{text}");
        return double.Parse(line[(line.LastIndexOf('}') + 1)..].Trim().Split(' ')[line.Contains('}', StringComparison.Ordinal) ? 0 : 1], CultureInfo.InvariantCulture);
    }

    private static async Task<JsonElement> NextAsync(StreamReader reader, string campaign, string state)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                JsonElement said = JsonDocument.Parse(line[6..]).RootElement;
                if (said.GetProperty("campaign").GetString() == campaign && said.GetProperty("state").GetString() == state)
                {
                    return said;
                }
            }
        }

        throw new EndOfStreamException($"nothing was said of {campaign}");
    }

    private static async Task<JsonElement> ProblemAsync(HttpResponseMessage response, int status)
    {
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        JsonElement problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(status.ToString(CultureInfo.InvariantCulture), problem.GetProperty("status").GetRawText());
        Assert.All(
            (string[])["type", "title", "detail", "instance"], name => Assert.False(string.IsNullOrEmpty(problem.GetProperty(name).GetString())));
        Assert.NotEqual(0, problem.GetProperty("errors").GetArrayLength());
        return problem;
    }
}
