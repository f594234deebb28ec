using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CalciumSweep.Shared.Api;
using Microsoft.AspNetCore.Components.Authorization;

namespace CalciumSweep.Dashboard.Client;

/// <summary>The HTTP API, asked in the name of whoever looks at the page.</summary>
/// <param name="http">Connections.</param>
/// <param name="settings">Where the API is.</param>
/// <param name="authentication">Whose page it is.</param>
public sealed class ApiClient(ApiConnections http, DashboardSettings settings, AuthenticationStateProvider authentication)
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web);

    /// <summary>All campaigns.</summary>
    public Task<CampaignAnswer[]> CampaignsAsync() => GetAsync<CampaignAnswer[]>("campaigns");

    /// <summary>One campaign.</summary>
    public Task<CampaignAnswer> CampaignAsync(string id) => GetAsync<CampaignAnswer>(Path(id));

    /// <summary>What a campaign asks for.</summary>
    public Task<PlanAnswer> PlanAsync(string id) => GetAsync<PlanAnswer>($"{Path(id)}/plan");

    /// <summary>One point.</summary>
    public Task<PointAnswer> PointAsync(string id, long index) =>
        GetAsync<PointAnswer>(string.Create(CultureInfo.InvariantCulture, $"{Path(id)}/points/{index}"));

    /// <summary>What went wrong.</summary>
    public Task<FailuresAnswer> FailuresAsync(string id, int limit = 200) =>
        GetAsync<FailuresAnswer>(string.Create(CultureInfo.InvariantCulture, $"{Path(id)}/failures?limit={limit}"));

    /// <summary>The nodes that simulate.</summary>
    public Task<WorkerAnswer[]> WorkersAsync() => GetAsync<WorkerAnswer[]>("workers");

    /// <summary>What can be simulated.</summary>
    public Task<ScenarioShort[]> ScenariosAsync() => GetAsync<ScenarioShort[]>("scenarios");

    /// <summary>One scenario.</summary>
    public Task<ScenarioAnswer> ScenarioAsync(string name) => GetAsync<ScenarioAnswer>($"scenarios/{Uri.EscapeDataString(name)}");

    /// <summary>Every flux law.</summary>
    public Task<MechanismAnswer[]> MechanismsAsync() => GetAsync<MechanismAnswer[]>("mechanisms");

    /// <summary>Ids of the flux laws that a scenario is made of.</summary>
    public Task<string[]> MechanismsOfAsync(string scenario) => GetAsync<string[]>($"scenarios/{Uri.EscapeDataString(scenario)}/mechanisms");

    /// <summary>The spec of a campaign, as it was submitted.</summary>
    public Task<string> SpecAsync(string id) => TextAsync($"{Path(id)}/spec");

    /// <summary>A spec to begin with.</summary>
    public Task<string> TemplateAsync(string scenario) => TextAsync($"scenarios/{Uri.EscapeDataString(scenario)}/template");

    /// <summary>Checks a spec.</summary>
    public Task<PreviewAnswer> ValidateAsync(string spec) => SendAsync<PreviewAnswer>(HttpMethod.Post, "validate", Yaml(spec));

    /// <summary>Submits a spec.</summary>
    public Task<CampaignAnswer> SubmitAsync(string spec) => SendAsync<CampaignAnswer>(HttpMethod.Post, "campaigns", Yaml(spec));

    /// <summary>Pause, resume, cancel or retry.</summary>
    public Task<CampaignAnswer> ChangeAsync(string id, string change) => SendAsync<CampaignAnswer>(HttpMethod.Post, $"{Path(id)}/{change}", null);

    /// <summary>Queues chosen quarantined simulations again.</summary>
    public Task<CampaignAnswer> RetryAsync(string id, RetryRequest request) =>
        SendAsync<CampaignAnswer>(HttpMethod.Post, $"{Path(id)}/retry", JsonContent.Create(request));

    /// <summary>Pause, resume, cancel, retry or delete, of many.</summary>
    public Task<BulkAnswer[]> ChangeAllAsync(IReadOnlyCollection<string> campaigns, string change) =>
        SendAsync<BulkAnswer[]>(HttpMethod.Post, "campaigns/bulk", JsonContent.Create(new { change, campaigns }));

    /// <summary>Changes tags and note of a campaign.</summary>
    public Task<CampaignAnswer> LabelAsync(string id, IReadOnlyList<string>? tags, string? note) =>
        SendAsync<CampaignAnswer>(HttpMethod.Put, $"{Path(id)}/label", JsonContent.Create(new { tags, note }));

    /// <summary>Changes the share of the workers that a campaign has: in proportion to 2^priority.</summary>
    public Task<CampaignAnswer> PrioritizeAsync(string id, int priority) =>
        SendAsync<CampaignAnswer>(HttpMethod.Put, $"{Path(id)}/priority", JsonContent.Create(new { priority }));

    /// <summary>Tells a worker to take nothing more.</summary>
    public Task<WorkerAnswer> DrainAsync(string worker) =>
        SendAsync<WorkerAnswer>(HttpMethod.Post, $"workers/{Uri.EscapeDataString(worker)}/drain", null);

    /// <summary>What was done, latest first.</summary>
    public Task<AuditEntry[]> AuditAsync(int limit = 200) => GetAsync<AuditEntry[]>(string.Create(CultureInfo.InvariantCulture, $"audit?limit={limit}"));

    private static string Path(string id) => $"campaigns/{Uri.EscapeDataString(id)}";

    private static StringContent Yaml(string spec) => new(spec, Encoding.UTF8, "application/yaml");

    private Task<T> GetAsync<T>(string path) => SendAsync<T>(HttpMethod.Get, path, null);

    private async Task<T> SendAsync<T>(HttpMethod method, string path, HttpContent? body)
    {
        using HttpResponseMessage response = await AskAsync(method, path, body).ConfigureAwait(false);
        return (await response.Content.ReadFromJsonAsync<T>(_json).ConfigureAwait(false))!;
    }

    private async Task<string> TextAsync(string path)
    {
        using HttpResponseMessage response = await AskAsync(HttpMethod.Get, path, null).ConfigureAwait(false);
        return await response.Content.ReadAsStringAsync().ConfigureAwait(false);
    }

    private async Task<HttpResponseMessage> AskAsync(HttpMethod method, string path, HttpContent? body)
    {
        AuthenticationState state = await authentication.GetAuthenticationStateAsync().ConfigureAwait(false);
        using var request = new HttpRequestMessage(method, new Uri(settings.Api(), $"api/{path}"));
        request.Headers.TryAddWithoutValidation("Cookie", Session.Cookie(state.User));
        request.Content = body;
        HttpResponseMessage response;
        try
        {
            response = await http.Client.SendAsync(request).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            throw new ApiProblemException(new("unavailable", 503, $"the server does not answer: {e.Message}", null));
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw new ApiProblemException(await ProblemAsync(response).ConfigureAwait(false));
        }
    }

    private static async Task<ProblemAnswer> ProblemAsync(HttpResponseMessage response)
    {
        try
        {
            return (await response.Content.ReadFromJsonAsync<ProblemAnswer>(_json).ConfigureAwait(false))!;
        }
        catch (JsonException)
        {
            return new(response.ReasonPhrase, (int)response.StatusCode, null, null);
        }
    }
}
