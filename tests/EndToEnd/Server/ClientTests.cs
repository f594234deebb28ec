using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using CalciumSweep.Client;
using CalciumSweep.Coordinator.Cli;
using CalciumSweep.Unit;
using Xunit;

namespace CalciumSweep.EndToEnd.Server;

/// <summary>The client that is generated from <c>Client/openapi.json</c>, against a server.</summary>
public sealed class ClientTests(DoneCampaign done) : IClassFixture<DoneCampaign>, IDisposable
{
    private readonly HttpClient _http = NewClient(done.Server);

    [Fact]
    public async Task The_description_is_what_the_server_says_of_itself()
    {
        string kept = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "Client", "openapi.json"));
        Assert.True(
            JsonNode.DeepEquals(JsonNode.Parse(kept), JsonNode.Parse(await _http.GetStringAsync("/openapi/v1.json"))),
            "the API has changed: Client/refresh writes Client/openapi.json anew");
    }

    [Fact]
    public async Task Nothing_of_a_document_is_lost_on_the_way_through_the_client()
    {
        var api = new SweepApi(_http);
        string id = done.Id, campaign = $"/api/campaigns/{id}";
        foreach ((string path, object read) in (IEnumerable<(string, object)>)
        [
            ("/api/campaigns", await api.CampaignsAsync()), (campaign, await api.CampaignAsync(id)), ($"{campaign}/plan", await api.PlanAsync(id)),
            ($"{campaign}/points/0", await api.PointAsync(id, 0)), ($"{campaign}/failures", await api.FailuresAsync(id)),
            ($"{campaign}/diagram", await api.DiagramAsync(id)), ($"{campaign}/diagram/boundary", await api.BoundaryAsync(id)),
            ("/api/scenarios", await api.ScenariosAsync()), ("/api/scenarios/site-line", await api.ScenarioAsync("site-line")),
            ("/api/scenarios/site-line/mechanisms", await api.MechanismsOfAsync("site-line")), ("/api/mechanisms", await api.MechanismsAsync()),
            ("/api/session", await api.SessionAsync()), ("/api/audit", await api.AuditAsync()),
        ])
        {
            JsonNode sent = JsonNode.Parse(await _http.GetStringAsync(path))!;
            Assert.True(JsonNode.DeepEquals(sent, JsonSerializer.SerializeToNode(read, read.GetType(), JsonForm.Options)), path);
        }
    }

    [Fact]
    public async Task Texts_and_tables_come_as_they_are()
    {
        var api = new SweepApi(_http);
        Assert.Equal(await _http.GetStringAsync($"/api/campaigns/{done.Id}/spec"), await api.SpecTextAsync(done.Id));
        using FileResponse table = await api.ExportAsync(done.Id, "csv", true);
        using var reader = new StreamReader(table.Stream);
        Assert.Equal(await _http.GetStringAsync($"/api/campaigns/{done.Id}/export?format=csv&replicates=true"), await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task A_problem_has_its_sentences_and_silence_is_one()
    {
        ApiProblemException unknown = await Assert.ThrowsAsync<ApiProblemException>(() => new SweepApi(_http).CampaignAsync("nothing"));
        Assert.Equal((404, false), (unknown.Problem.Status, unknown.IsSilent));
        Assert.Equal(unknown.Message, Assert.Single(unknown.Problem.Errors).Message);

        using var nowhere = new HttpClient(new ProblemHandler(ProblemHandler.NewConnections()))
        {
            BaseAddress = new Uri($"http://127.0.0.1:{LocalPort.Free()}"),
        };
        ApiProblemException silence = await Assert.ThrowsAsync<ApiProblemException>(() => new SweepApi(nowhere).CampaignsAsync());
        Assert.True(silence.IsSilent);
    }

    public void Dispose() => _http.Dispose();

    private static HttpClient NewClient(ServerProcess server)
    {
        var client = new HttpClient(new ProblemHandler(ProblemHandler.NewConnections())) { BaseAddress = server.Client.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.Token);
        return client;
    }
}
