using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using CalciumSweep.Coordinator.Api;
using CalciumSweep.Shared.Api;
using CalciumSweep.Shared.Spec;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>The campaigns of a running node, over its API.</summary>
/// <param name="server">Where it answers.</param>
/// <param name="token">Key to it; null: none is known.</param>
public sealed class ServerCampaigns(Uri server, string? token) : ICampaigns
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);
    private readonly HttpClient _client = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(5), AllowAutoRedirect = false })
    {
        BaseAddress = server,
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <inheritdoc/>
    public string Place => server.ToString();

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CampaignAnswer>> ListAsync(CancellationToken cancel) =>
        await AskAsync<CampaignAnswer[]>(HttpMethod.Get, "api/campaigns", null, cancel).ConfigureAwait(false);

    /// <inheritdoc/>
    public Task<CampaignAnswer> StatusAsync(string campaign, CancellationToken cancel) =>
        AskAsync<CampaignAnswer>(HttpMethod.Get, Path(campaign), null, cancel);

    /// <inheritdoc/>
    public Task<CampaignAnswer> SubmitAsync(string spec, int? priority, CancellationToken cancel)
    {
        // Read here first: a file that is none, or a folder, is this side's error, with its place.
        string text = SpecReader.Read(spec).Plan.Text;
        var content = new StringContent(text, Encoding.UTF8, "application/yaml");
        string file = Uri.EscapeDataString(System.IO.Path.GetFullPath(spec));
        return AskAsync<CampaignAnswer>(HttpMethod.Post, $"api/campaigns?file={file}{(priority is null ? "" : $"&priority={priority}")}", content, cancel);
    }

    /// <inheritdoc/>
    public Task<CampaignAnswer> ChangeAsync(string campaign, CampaignChange change, CancellationToken cancel) =>
        AskAsync<CampaignAnswer>(HttpMethod.Post, $"{Path(campaign)}/{CampaignDocument.Name(change)}", null, cancel);

    /// <inheritdoc/>
    public Task<CampaignAnswer> RetryAsync(string campaign, RetryRequest? request, CancellationToken cancel) => AskAsync<CampaignAnswer>(
        HttpMethod.Post, $"{Path(campaign)}/retry", request is null ? null : JsonContent.Create(request, options: JsonForm.Options), cancel);

    /// <inheritdoc/>
    public async Task<CampaignAnswer> LabelAsync(
        string campaign, IReadOnlyList<string>? tags, string? note, int? priority, CancellationToken cancel)
    {
        CampaignAnswer? answer = priority is { } wanted
            ? await PutAsync("priority", new PriorityRequest(wanted)).ConfigureAwait(false) : null;
        return answer is not null && tags is null && note is null ? answer
            : await PutAsync("label", new LabelRequest(tags, note)).ConfigureAwait(false);

        Task<CampaignAnswer> PutAsync<T>(string what, T body) => AskAsync<CampaignAnswer>(
            HttpMethod.Put, $"{Path(campaign)}/{what}", JsonContent.Create(body, options: JsonForm.Options), cancel);
    }

    /// <inheritdoc/>
    public async Task DeleteAsync(string campaign, CancellationToken cancel)
    {
        using HttpResponseMessage _ = await SendAsync(HttpMethod.Delete, Path(campaign), null, cancel).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task ExportAsync(string campaign, ExportForm form, Stream output, CancellationToken cancel)
    {
        string path = $"{Path(campaign)}/export?format={form.Format.Name}&replicates={(form.IsReplicates ? "true" : "false")}";
        using HttpResponseMessage response = await SendAsync(HttpMethod.Get, path, null, cancel).ConfigureAwait(false);
        await response.Content.CopyToAsync(output, cancel).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<CampaignPoints> PointsAsync(string campaign, CancellationToken cancel)
    {
        using HttpResponseMessage response = await SendAsync(
            HttpMethod.Get, $"{Path(campaign)}/export?format=json", null, cancel).ConfigureAwait(false);
        Stream stream = await response.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
        return await ExportReading.PointsAsync(stream, cancel).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<CampaignPlan> PlanAsync(string campaign, CancellationToken cancel)
    {
        CampaignAnswer answer = await StatusAsync(campaign, cancel).ConfigureAwait(false);
        using HttpResponseMessage response = await SendAsync(
            HttpMethod.Get, $"{Path(answer.Campaign)}/spec", null, cancel).ConfigureAwait(false);
        string spec = await response.Content.ReadAsStringAsync(cancel).ConfigureAwait(false);
        return new(answer.Campaign, SpecReader.Parse(spec, answer.Campaign).Plan);
    }

    /// <inheritdoc/>
    public async Task<CampaignSimulations> SimulationsAsync(string campaign, CancellationToken cancel)
    {
        (string id, Plan plan) = await PlanAsync(campaign, cancel).ConfigureAwait(false);
        HttpResponseMessage table = await SendAsync(
            HttpMethod.Get, $"{Path(id)}/export?format=csv&replicates=true", null, cancel).ConfigureAwait(false);
        Stream stream = await table.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
        return new(id, plan, ExportReading.Simulations(stream, plan));
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static string Path(string campaign) => $"api/campaigns/{Uri.EscapeDataString(campaign)}";

    private async Task<T> AskAsync<T>(HttpMethod method, string path, HttpContent? content, CancellationToken cancel)
    {
        using HttpResponseMessage response = await SendAsync(method, path, content, cancel).ConfigureAwait(false);
        return (await response.Content.ReadFromJsonAsync<T>(JsonForm.Options, cancel).ConfigureAwait(false))!;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(_patience);
        HttpResponseMessage response;
        try
        {
            response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw new ServerException(
                [new($"there is no server at {server}: {e.Message}", null, null, null, "calciumsweep up starts one")], ExitCode.NotFound)
            {
                IsAway = true,
            };
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw await ProblemOf(response, cancel).ConfigureAwait(false);
        }
    }

    private async Task<ServerException> ProblemOf(HttpResponseMessage response, CancellationToken cancel)
    {
        int status = (int)response.StatusCode;
        int code = status switch { 404 => ExitCode.NotFound, >= 500 => ExitCode.SomethingFailed, _ => ExitCode.BadInput };
        if (status == 401)
        {
            return ServerException.Of(
                token is null ? $"{server} wants a token" : $"{server} does not know this token",
                "--token, CALCIUMSWEEP_TOKEN, or --data with the server's data folder", code);
        }

        if (response.Content.Headers.ContentType?.MediaType == ServerProblem.MediaType)
        {
            ServerProblem? problem = await response.Content.ReadFromJsonAsync<ServerProblem>(JsonForm.Options, cancel).ConfigureAwait(false);
            if (problem?.Errors is { Count: > 0 } errors)
            {
                return new(errors, code) { IsAway = status == 503 };
            }
        }

        return ServerException.Of($"{server} answers {status} {response.ReasonPhrase}", "is it a CalciumSweep server?", code);
    }
}
