using System.Globalization;
using System.Text;
using CalciumSweep.Coordinator.Cli;
using CalciumSweep.Coordinator.Export;
using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace CalciumSweep.Coordinator.Api;

/// <summary>What a campaign came to: map, points, failures, tables. Read from the store, off the request's thread.</summary>
internal static class ResultEndpoints
{
    private const int UsualFailures = 1000, MostFailures = 100_000;

    // The figures' library keeps its fonts in one place for all.
    private static readonly SemaphoreSlim _drawing = new(1);

    /// <summary>Adds them.</summary>
    public static void Map(IEndpointRouteBuilder api)
    {
        RouteGroupBuilder campaign = api.MapGroup("/campaigns/{id}").WithTags("results");
        campaign.MapGet("/spec", (string id, CampaignDesk desk) =>
            TypedResults.Text(desk.Archive.Get(id).SpecText, "application/yaml", Encoding.UTF8))
            .Produces<string>(StatusCodes.Status200OK, "application/yaml").WithSummary("The spec as it was submitted");
        campaign.MapGet("/diagram", DiagramAsync)
            .Produces<DiagramAnswer>().Produces(StatusCodes.Status304NotModified)
            .WithSummary("A map over two axes: json, bytes, png or svg");
        campaign.MapGet("/points/{index:long}", (string id, long index, CampaignDesk desk) => Task.Run(() =>
        {
            CampaignRecord record = desk.Archive.Get(id);
            return TypedResults.Json(new PointReading(desk.Archive, record, desk.PlanOf(record)).Read(index), JsonForm.Options);
        })).Produces<PointAnswer>().WithSummary("One point, with every replicate");
        campaign.MapGet("/failures", (string id, CampaignDesk desk, int limit = UsualFailures) => Task.Run(() =>
        {
            CampaignRecord record = desk.Archive.Get(id);
            int most = Math.Clamp(limit, 0, MostFailures);
            return TypedResults.Json(new FailureReading(desk.Archive, record, desk.PlanOf(record)).Read(most), JsonForm.Options);
        })).Produces<FailuresAnswer>().WithSummary("What failed or is quarantined, by reason and one by one");
        campaign.MapGet("/export", ExportAsync)
            .Produces<string>(StatusCodes.Status200OK, "text/csv", "application/json", "application/vnd.apache.parquet")
            .WithSummary("The table: csv or parquet (replicates=true: a row a replicate) or json");
    }

    private static async Task DiagramAsync(
        string id, HttpContext context, CampaignDesk desk, CancellationToken cancel, string? x = null, string? y = null, string? at = null,
        string show = "pWave", string format = "json")
    {
        CampaignRecord record = desk.Archive.Get(id);
        Plan plan = desk.PlanOf(record);
        DiagramRequest request = DiagramRequest.Of(plan, x, y, at, show);
        Check(format, show);

        // The digest names the results that the map is made of.
        string tag = $"\"{desk.Archive.View(record).Digest}\"";
        context.Response.Headers.ETag = tag;
        context.Response.Headers.CacheControl = "private, no-cache";
        if (context.Request.Headers.IfNoneMatch.Contains(tag, StringComparer.Ordinal))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        PhaseGrid grid = await Task.Run(
            () => PhaseGrid.Of(plan, desk.Archive.Points(record, plan), request.Value, request.Axes), cancel).ConfigureAwait(false);
        IResult result = format is "png" or "svg"
            ? TypedResults.Bytes(
                await DrawAsync(grid, CampaignOutputs.Title(plan, record.Id.Value), format == "svg", cancel).ConfigureAwait(false),
                format == "svg" ? "image/svg+xml" : "image/png")
            : Numbers(context, DiagramAnswer.Of(record.Id.Value, request, grid), format);
        await result.ExecuteAsync(context).ConfigureAwait(false);
    }

    private static void Check(string format, string show)
    {
        if (format is not ("json" or "bytes" or "png" or "svg"))
        {
            throw new CommandException($"there is no format '{format}' of a map", "json, bytes, png and svg are there");
        }

        if (format is "png" or "svg" && show is not ("pWave" or "wave"))
        {
            throw new CommandException($"format={format} draws pWave only", "json and bytes give every number");
        }
    }

    private static IResult Numbers(HttpContext context, DiagramAnswer answer, string format)
    {
        if (format == "json")
        {
            return TypedResults.Json(answer, JsonForm.Options);
        }

        IHeaderDictionary headers = context.Response.Headers;
        headers["Diagram-Width"] = answer.X.Values.Count.ToString(CultureInfo.InvariantCulture);
        headers["Diagram-Height"] = answer.Y.Values.Count.ToString(CultureInfo.InvariantCulture);
        headers["Diagram-Min"] = answer.Min?.ToString("R", CultureInfo.InvariantCulture) ?? "";
        headers["Diagram-Max"] = answer.Max?.ToString("R", CultureInfo.InvariantCulture) ?? "";
        return TypedResults.Bytes(answer.Raster(), "application/octet-stream");
    }

    private static async Task<byte[]> DrawAsync(PhaseGrid grid, string title, bool isSvg, CancellationToken cancel)
    {
        await _drawing.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => PhaseFigure.Draw(grid, title, isSvg), cancel).ConfigureAwait(false);
        }
        finally
        {
            _drawing.Release();
        }
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
