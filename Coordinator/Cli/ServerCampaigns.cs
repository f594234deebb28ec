using System.Net.Http.Headers;
using CalciumSweep.Client;
using CalciumSweep.Shared.Api;
using CalciumSweep.Shared.Spec;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>The campaigns of a running node, over its API.</summary>
/// <param name="server">Where it answers.</param>
/// <param name="token">Key to it; null: none is known.</param>
public sealed class ServerCampaigns(Uri server, string? token) : ICampaigns
{
    private readonly HttpClient _client = NewClient(server, token);

    /// <inheritdoc/>
    public string Place => server.ToString();

    /// <inheritdoc/>
    public Task<IReadOnlyList<CampaignAnswer>> ListAsync(CancellationToken cancel) => AskAsync(api => api.CampaignsAsync(cancellationToken: cancel));

    /// <inheritdoc/>
    public Task<CampaignAnswer> StatusAsync(string campaign, CancellationToken cancel) => AskAsync(api => api.CampaignAsync(campaign, cancel));

    /// <inheritdoc/>
    public Task<CampaignAnswer> SubmitAsync(string spec, int? priority, CancellationToken cancel)
    {
        // Read here first: a file that is none, or a folder, is this side's error, with its place.
        string text = SpecReader.Read(spec).Plan.Text;
        return AskAsync(api => api.SubmitAsync(SweepApi.Spec(text), Path.GetFullPath(spec), priority, cancel));
    }

    /// <inheritdoc/>
    public Task<CampaignAnswer> ChangeAsync(string campaign, CampaignChange change, CancellationToken cancel) =>
        AskAsync(api => api.ChangeAsync(campaign, CampaignDocument.Name(change), cancel));

    /// <inheritdoc/>
    public Task<CampaignAnswer> RetryAsync(string campaign, RetryRequest? request, CancellationToken cancel) =>
        AskAsync(api => api.RetryAsync(campaign, request, cancel));

    /// <inheritdoc/>
    public async Task<CampaignAnswer> LabelAsync(
        string campaign, IReadOnlyList<string>? tags, string? note, int? priority, CancellationToken cancel)
    {
        CampaignAnswer? answer = priority is { } wanted
            ? await AskAsync(api => api.PrioritizeAsync(campaign, new PriorityRequest(wanted), cancel)).ConfigureAwait(false) : null;
        return answer is not null && tags is null && note is null ? answer
            : await AskAsync(api => api.LabelAsync(campaign, new LabelRequest(tags, note), cancel)).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task DeleteAsync(string campaign, CancellationToken cancel) => AskAsync(api => api.DeleteAsync(campaign, cancel));

    /// <inheritdoc/>
    public async Task ExportAsync(string campaign, ExportForm form, Stream output, CancellationToken cancel)
    {
        using FileResponse table = await AskAsync(api => api.ExportAsync(campaign, form.Format.Name, form.IsReplicates, cancel)).ConfigureAwait(false);
        await table.Stream.CopyToAsync(output, cancel).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<CampaignPoints> PointsAsync(string campaign, CancellationToken cancel)
    {
        using FileResponse table = await AskAsync(api => api.ExportAsync(campaign, "json", cancellationToken: cancel)).ConfigureAwait(false);
        return await ExportReading.PointsAsync(table.Stream, cancel).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<CampaignPlan> PlanAsync(string campaign, CancellationToken cancel)
    {
        CampaignAnswer answer = await StatusAsync(campaign, cancel).ConfigureAwait(false);
        string spec = await AskAsync(api => api.SpecTextAsync(answer.Campaign, cancel)).ConfigureAwait(false);
        return new(answer.Campaign, SpecReader.Parse(spec, answer.Campaign).Plan);
    }

    /// <inheritdoc/>
    public async Task<CampaignSimulations> SimulationsAsync(string campaign, CancellationToken cancel)
    {
        (string id, Plan plan) = await PlanAsync(campaign, cancel).ConfigureAwait(false);

        // Its reader closes it.
        FileResponse table = await AskAsync(api => api.ExportAsync(id, "csv", true, cancel)).ConfigureAwait(false);
        return new(id, plan, ExportReading.Simulations(table.Stream, plan));
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static HttpClient NewClient(Uri server, string? token)
    {
        var client = new HttpClient(new ProblemHandler(ProblemHandler.NewConnections())) { BaseAddress = server, Timeout = Timeout.InfiniteTimeSpan };
        if (token is not null)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return client;
    }

    private async Task<T> AskAsync<T>(Func<SweepApi, Task<T>> ask)
    {
        try
        {
            return await ask(new SweepApi(_client)).ConfigureAwait(false);
        }
        catch (ApiProblemException e)
        {
            throw Explain(e);
        }
    }

    private ServerException Explain(ApiProblemException said)
    {
        ProblemAnswer problem = said.Problem;
        int code = problem.Status switch { 404 => ExitCode.NotFound, >= 500 => ExitCode.SomethingFailed, _ => ExitCode.BadInput };
        return said switch
        {
            { IsSilent: true } => new([new($"there is no server at {server}: {said.InnerException!.Message}", null, null, null, "calciumsweep up starts one")], ExitCode.NotFound)
            {
                IsAway = true,
            },
            { Problem.Status: 401 } => ServerException.Of(
                token is null ? $"{server} wants a token" : $"{server} does not know this token",
                "--token, CALCIUMSWEEP_TOKEN, or --data with the server's data folder", code),
            { IsForeign: true } => ServerException.Of($"{server}: {problem.Detail}", "is it a CalciumSweep server?", code),
            _ => new(problem.Errors, code) { IsAway = problem.Status == 503 },
        };
    }
}
