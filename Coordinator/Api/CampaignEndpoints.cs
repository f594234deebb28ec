using CalciumSweep.Coordinator.Cli;
using CalciumSweep.Shared.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace CalciumSweep.Coordinator.Api;

/// <summary><c>/api/campaigns</c>: what there is, and what is done with it.</summary>
internal static class CampaignEndpoints
{
    /// <summary>Adds them.</summary>
    public static void Map(IEndpointRouteBuilder api)
    {
        RouteGroupBuilder campaigns = api.MapGroup("/campaigns").WithTags("campaigns");
        campaigns.MapGet("/", ListAsync)
            .Produces<CampaignAnswer[]>().WithName("campaigns").WithSummary("Campaigns, oldest first; limit=N gives a page, and a link to the next");
        campaigns.MapPost("/", SubmitAsync)
            .Produces<CampaignAnswer>().Produces<CampaignAnswer>(StatusCodes.Status201Created)
            .WithName("submit").WithSummary("Submits a spec, YAML or JSON; the same spec again is the same campaign");
        campaigns.MapGet("/{id}", async (string id, CampaignDesk desk, CancellationToken cancel) =>
            Json(await desk.StatusAsync(id, cancel).ConfigureAwait(false)))
            .Produces<CampaignAnswer>().WithName("campaign").WithSummary("Where a campaign stands");
        campaigns.MapDelete("/{id}", async (string id, CampaignDesk desk, CancellationToken cancel) =>
            Json(new CampaignRemoval(await desk.DeleteAsync(id, cancel).ConfigureAwait(false), true)))
            .Produces<CampaignRemoval>().WithName("delete").WithSummary("Removes a campaign with all its results");
        campaigns.MapPost("/bulk", async (HttpContext context, CampaignDesk desk, AuditLog audit, CancellationToken cancel) =>
        {
            BulkRequest request = await RequestText.ReadAsync<BulkRequest>(context.Request, cancel).ConfigureAwait(false);
            IReadOnlyList<BulkAnswer> answers = await desk.BulkAsync(request, cancel).ConfigureAwait(false);
            foreach (BulkAnswer one in answers)
            {
                audit.Write(
                    context, context.User, request.Change, one.Campaign, one.Problem is null ? StatusCodes.Status200OK : StatusCodes.Status409Conflict);
            }

            return Json(answers);
        }).Accepts<BulkRequest>("application/json").Produces<BulkAnswer[]>()
            .WithName("changeAll").WithSummary("Pauses, resumes, cancels, retries or deletes many campaigns; tells of each what became of it");
        campaigns.MapPut("/{id}/label", async (string id, HttpRequest request, CampaignDesk desk, CancellationToken cancel) => Json(
                await desk.LabelAsync(id, await RequestText.ReadAsync<LabelRequest>(request, cancel).ConfigureAwait(false), cancel).ConfigureAwait(false)))
            .Accepts<LabelRequest>("application/json").Produces<CampaignAnswer>().WithName("label").WithSummary("Tags and a note; what is not given stays");
        campaigns.MapPut("/{id}/priority", async (string id, HttpRequest request, CampaignDesk desk, CancellationToken cancel) => Json(
                await desk.PrioritizeAsync(id, (await RequestText.ReadAsync<PriorityRequest>(request, cancel).ConfigureAwait(false)).Priority, cancel).ConfigureAwait(false)))
            .Accepts<PriorityRequest>("application/json").Produces<CampaignAnswer>().WithName("prioritize").WithSummary("Its share of the workers, in proportion to 2^priority");
        foreach ((CampaignChange change, string summary) in (ReadOnlySpan<(CampaignChange, string)>)
        [
            (CampaignChange.Pause, "Stops leasing; what is held is finished"),
            (CampaignChange.Resume, "Goes on with a campaign that was paused or cancelled"),
            (CampaignChange.Cancel, "Gives a campaign up; what is stored stays"),
        ])
        {
            campaigns.MapPost($"/{{id}}/{CampaignDocument.Name(change)}", async (string id, CampaignDesk desk, CancellationToken cancel) =>
                Json(await desk.ChangeAsync(id, change, cancel).ConfigureAwait(false)))
                .Produces<CampaignAnswer>().WithName(CampaignDocument.Name(change)).WithSummary(summary);
        }

        // Described in ApiDescription, not by Accepts: that would refuse an empty form, which is what programs send that know of no body.
        campaigns.MapPost("/{id}/retry", async (string id, HttpRequest request, CampaignDesk desk, CancellationToken cancel) => Json(
                await desk.RetryAsync(id, await RequestText.ReadIfAnyAsync<RetryRequest>(request, cancel).ConfigureAwait(false), cancel).ConfigureAwait(false)))
            .Produces<CampaignAnswer>()
            .WithName("retry").WithSummary("Queues quarantined simulations again: all, or those of the reasons and simulations in the body");
    }

    private static async Task<IResult> ListAsync(
        HttpResponse response, CampaignDesk desk, CancellationToken cancel, string? after = null, int? limit = null)
    {
        if (limit < 1)
        {
            throw new CommandException($"limit={limit}: a page has at least one campaign");
        }

        (IReadOnlyList<CampaignAnswer> page, bool isMore) = await desk.ListAsync(after, limit, cancel).ConfigureAwait(false);
        if (isMore && page.Count > 0)
        {
            response.Headers.Link = $"</api/campaigns?limit={limit}&after={Uri.EscapeDataString(page[^1].Campaign)}>; rel=\"next\"";
        }

        return Json(page);
    }

    private static async Task<IResult> SubmitAsync(
        HttpRequest request, CampaignDesk desk, CancellationToken cancel, string? file = null, int? priority = null)
    {
        string text = await RequestText.ReadAsync(request, cancel).ConfigureAwait(false);
        (CampaignAnswer answer, bool isNew) = await desk
            .SubmitAsync(text, file ?? "spec.yaml", SubmitCommand.Checked(priority), cancel).ConfigureAwait(false);
        if (isNew)
        {
            request.HttpContext.Response.Headers.Location = $"/api/campaigns/{Uri.EscapeDataString(answer.Campaign)}";
        }

        return TypedResults.Json(
            answer, JsonForm.Options, statusCode: isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private static JsonHttpResult<T> Json<T>(T document) => TypedResults.Json(document, JsonForm.Options);
}
