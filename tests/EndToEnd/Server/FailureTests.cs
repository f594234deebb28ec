using System.Text.Json;
using CalciumSweep.EndToEnd.Cli;
using Xunit;

namespace CalciumSweep.EndToEnd.Server;

/// <summary>Simulations that cannot be done: quarantined with a reason, shown, retried; the rest is done.</summary>
public sealed class FailureTests : IDisposable
{
    private readonly Sandbox _box = new();

    [Fact]
    public async Task Quarantined_simulations_are_listed_and_can_be_retried()
    {
        // Two of three points have some 10¹⁰ events, which no machine does in 0.2 s.
        string spec = _box.Write("slow.yaml", """
            name: slow
            scenario: channel-cluster
            set: { channels: 1000, opening.rate: 1000000, closing.rate: 1000000 }
            axes:
              - { parameter: duration, values: [0.000001, 10, 11] }
            replicates: 2
            limits: { attempts: 1, wallTime: 0.2 s }
            """);
        using var server = new ServerProcess(_box);
        string id = _box.Run("submit", spec, "--json").Json.GetProperty("campaign").GetString()!;
        Answer watched = _box.Run("watch", id, "--json");
        Assert.Equal((1, 4, 2), (watched.ExitCode, watched.Json.GetProperty("quarantined").GetInt32(), watched.Json.GetProperty("done").GetInt32()));
        Assert.Equal("completed", watched.Json.GetProperty("state").GetString());

        JsonElement failures = await server.GetAsync($"/api/campaigns/{id}/failures?limit=3");
        Assert.Equal((4, 0), (failures.GetProperty("quarantined").GetInt32(), failures.GetProperty("failed").GetInt32()));
        Assert.Equal(4, failures.GetProperty("reasons").EnumerateArray().Sum(r => r.GetProperty("count").GetInt32()));
        Assert.Equal(3, failures.GetProperty("failures").GetArrayLength());
        Assert.All(failures.GetProperty("failures").EnumerateArray(), f =>
        {
            Assert.Equal("quarantined", f.GetProperty("state").GetString());
            Assert.True(f.GetProperty("parameters").GetProperty("duration").GetDouble() >= 10);
            Assert.NotEmpty(f.GetProperty("reason").GetString()!);
        });

        await AssertPagesAsync(server, $"/api/campaigns/{id}/failures");

        // What is not quarantined is refused, and nothing is retried.
        string reason = failures.GetProperty("reasons")[0].GetProperty("reason").GetString()!;
        Assert.Equal(4, failures.GetProperty("reasons").EnumerateArray().Sum(r => r.GetProperty("quarantined").GetInt32()));
        foreach ((string body, int status, string said) in ((string, int, string)[])
        [
            ("""{"simulations":[2,0]}""", 409, "simulation 0 is not quarantined"), ("""{"reasons":["rain"]}""", 409, "'rain'"),
            ("""{"simulations":[]}""", 400, "0 reasons and simulations"), ("""{"points":[1]}""", 400, "points"),
        ])
        {
            using HttpResponseMessage refused = await server.Client.PostAsync($"/api/campaigns/{id}/retry", new StringContent(body, null, "application/json"));
            string text = await refused.Content.ReadAsStringAsync();
            Assert.Equal(status, (int)refused.StatusCode);
            Assert.Contains(said, JsonDocument.Parse(text).RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }

        Answer wrong = _box.Run("retry", id, "--simulation", "1", "--json");
        Assert.Equal(2, wrong.ExitCode);
        Assert.Contains("simulation 1 is not quarantined", wrong.Json.GetProperty("errors")[0].GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(4, (await server.GetAsync($"/api/campaigns/{id}")).GetProperty("quarantined").GetInt32());

        // One of them alone, with what shares its grain.
        long last = failures.GetProperty("failures").EnumerateArray().Max(f => f.GetProperty("simulation").GetInt64());
        JsonElement some = _box.Run("retry", id, "--simulation", $"{last}", "--json").Json;
        Assert.Equal("running", some.GetProperty("state").GetString());
        Assert.InRange(some.GetProperty("quarantined").GetInt32(), 0, 3);
        Assert.Equal(4, _box.Run("watch", id, "--json").Json.GetProperty("quarantined").GetInt32());
        JsonElement all = _box.Run("retry", id, "--reason", reason, "--json").Json;
        Assert.Equal("running", all.GetProperty("state").GetString());
        Assert.Equal(4, _box.Run("watch", id, "--json").Json.GetProperty("quarantined").GetInt32());

        JsonElement retried = _box.Run("retry", id, "--json").Json;
        Assert.Equal(("running", 0), (retried.GetProperty("state").GetString(), retried.GetProperty("quarantined").GetInt32()));

        // As programs do it that know of no body; for the campaign that runs again it changes nothing.
        using HttpResponseMessage empty = await server.Client.PostAsync($"/api/campaigns/{id}/retry", new FormUrlEncodedContent([]));
        Assert.Equal(System.Net.HttpStatusCode.OK, empty.StatusCode);

        // They are as slow as they were.
        JsonElement again = _box.Run("watch", id, "--json").Json;
        Assert.Equal(4, again.GetProperty("quarantined").GetInt32());
        Assert.Equal(watched.Json.GetProperty("digest").GetString(), again.GetProperty("digest").GetString());
    }

    public void Dispose() => _box.Dispose();

    // Pages as the header says, with and without a reason; together they are the list.
    private static async Task AssertPagesAsync(ServerProcess server, string path)
    {
        JsonElement all = await server.GetAsync(path);
        string reason = Uri.EscapeDataString(all.GetProperty("reasons")[0].GetProperty("reason").GetString()!);
        foreach (string given in (string[])["", $"&reason={reason}"])
        {
            JsonElement whole = await server.GetAsync($"{path}?limit=100{given}");
            var paged = new List<string>();
            string? next = $"{path}?limit=1{given}";
            while (next is not null)
            {
                using HttpResponseMessage page = await server.Client.GetAsync(next);
                page.EnsureSuccessStatusCode();
                JsonElement said = JsonDocument.Parse(await page.Content.ReadAsStringAsync()).RootElement;
                Assert.Equal(all.GetProperty("reasons").GetRawText(), said.GetProperty("reasons").GetRawText());
                paged.Add(Assert.Single(said.GetProperty("failures").EnumerateArray()).GetRawText());
                next = page.Headers.TryGetValues("Link", out IEnumerable<string>? links) ? links.Single().Split('<', '>')[1] : null;
            }

            Assert.Equal(whole.GetProperty("failures").EnumerateArray().Select(f => f.GetRawText()), paged, StringComparer.Ordinal);
            Assert.NotEmpty(paged);
        }

        Assert.Equal(0, (await server.GetAsync($"{path}?reason=rain")).GetProperty("failures").GetArrayLength());
        using HttpResponseMessage lost = await server.Client.GetAsync($"{path}?after=1");
        Assert.Equal(System.Net.HttpStatusCode.NotFound, lost.StatusCode);
        Assert.Contains("no simulation 1 to go on after", await lost.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
