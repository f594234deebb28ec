using System.Text;
using CalciumSweep.Coordinator.Cli;
using CalciumSweep.Shared.Api;
using CalciumSweep.Shared.Results;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace CalciumSweep.Coordinator.Api;

/// <summary>What a campaign came to: points, failures, tables. Read from the store, off the request's thread.</summary>
internal static class ResultEndpoints
{
    private const int UsualFailures = 1000, MostFailures = 100_000;

    /// <summary>Adds them.</summary>
    public static void Map(IEndpointRouteBuilder api)
    {
        RouteGroupBuilder campaign = api.MapGroup("/campaigns/{id}").WithTags("results");
        campaign.MapGet("/spec", (string id, CampaignDesk desk) =>
            TypedResults.Text(desk.Archive.Get(id).SpecText, "application/yaml", Encoding.UTF8))
            .Produces<Stream>(StatusCodes.Status200OK, "application/yaml").WithName("spec").WithSummary("The spec as it was submitted");
        DiagramEndpoints.Map(campaign);
        campaign.MapGet("/points/{index:long}", (string id, long index, CampaignDesk desk) => Task.Run(() =>
        {
            CampaignRecord record = desk.Archive.Get(id);
            return TypedResults.Json(new PointReading(desk.Archive, record, desk.PlanOf(record)).Read(index), JsonForm.Options);
        })).Produces<PointAnswer>().WithName("point").WithSummary("One point, with every replicate");
        campaign.MapGet("/failures", (
            string id, HttpResponse response, CampaignDesk desk, int limit = UsualFailures, long? after = null, string? reason = null) => Task.Run(() =>
        {
            CampaignRecord record = desk.Archive.Get(id);
            int most = Math.Clamp(limit, 0, MostFailures);
            (FailuresAnswer page, bool isMore) = new FailureReading(desk.Archive, record, desk.PlanOf(record)).Read(most, after, reason);
            if (isMore && page.Failures.Count > 0)
            {
                string wanted = reason is null ? "" : $"&reason={Uri.EscapeDataString(reason)}";
                response.Headers.Link = $"</api/campaigns/{Uri.EscapeDataString(record.Id.Value)}/failures?limit={most}&after={page.Failures[^1].Simulation}{wanted}>; rel=\"next\"";
            }

            return TypedResults.Json(page, JsonForm.Options);
        })).Produces<FailuresAnswer>().WithName("failures").WithSummary("What failed or is quarantined, by reason and one by one");
        campaign.MapGet("/export", ExportAsync)
            .Produces<Stream>(StatusCodes.Status200OK, "text/csv", "application/json", "application/vnd.apache.parquet")
            .WithName("export").WithSummary("The table: csv or parquet (replicates=true: a row a replicate) or json");
    }

    private static Task ExportAsync(
        string id, HttpContext context, CampaignDesk desk, CancellationToken cancel, string format = "csv", bool replicates = false)
    {
        var form = ExportForm.Of(format, replicates);
        CampaignRecord record = desk.Archive.Get(id);
        form.Check(record);
        context.Response.ContentType = form.Format.MediaType;
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{record.Id}.{form.Format.Name}\"";

        // The tables are written as they are read, row by row; a slow reader holds up its own thread alone.
        context.Features.GetRequiredFeature<IHttpBodyControlFeature>().AllowSynchronousIO = true;
        return Task.Run(() => form.WriteAsync(context.Response.Body, desk.Archive, record, desk.PlanOf(record), cancel), cancel);
    }
}
