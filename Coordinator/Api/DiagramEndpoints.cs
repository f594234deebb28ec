using System.Globalization;
using System.Text;
using CalciumSweep.Coordinator.Cli;
using CalciumSweep.Coordinator.Diagrams;
using CalciumSweep.Coordinator.Export;
using CalciumSweep.Shared.Api;
using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CalciumSweep.Coordinator.Api;

/// <summary>Maps of a campaign over two axes: numbers and figures from the store, bytes and thumbnails from what is kept in memory.</summary>
internal static class DiagramEndpoints
{
    private const int TileSize = 512, MostLevels = 20, ThumbnailSize = 160, MostCells = 4_000_000;
    private const string Bytes = "application/octet-stream";

    // The figures' library keeps its fonts in one place for all.
    private static readonly SemaphoreSlim _drawing = new(1);

    /// <summary>Adds them.</summary>
    public static void Map(IEndpointRouteBuilder campaign)
    {
        campaign.MapGet("/diagram", DiagramAsync)
            .Produces<DiagramAnswer>().Produces(StatusCodes.Status304NotModified)
            .WithName("diagram").WithSummary("A map over two axes: json, bytes, png or svg");
        campaign.MapGet("/diagram/table", TableAsync)
            .Produces<Stream>(StatusCodes.Status200OK, "text/csv", "application/vnd.apache.parquet")
            .WithName("diagramTable").WithSummary("A map, a part of it, or its difference to that of another campaign, as a table: csv or parquet");
        campaign.MapGet("/diagram/tiles/{level:int}/{column:int}/{row:int}", TileAsync)
            .Produces<Stream>(StatusCodes.Status200OK, Bytes).Produces(StatusCodes.Status304NotModified)
            .WithName("diagramTile").WithSummary($"A part of a map, {TileSize} × {TileSize} bytes; each level halves the map");
        campaign.MapGet("/diagram/boundary", BoundaryAsync)
            .Produces<BoundaryAnswer>().WithName("boundary").WithSummary("Where P(wave) is one half, and where its interval begins and ends to hold it");
        campaign.MapGet("/thumbnail", ThumbnailAsync)
            .Produces<Stream>(StatusCodes.Status200OK, "image/png").Produces(StatusCodes.Status304NotModified)
            .WithName("thumbnail").WithSummary("The most frequent outcome as a small picture");
    }

    private static Task DiagramAsync(
        string id, HttpContext context, CampaignDesk desk, LiveDiagrams live, CancellationToken cancel, string? x = null, string? y = null,
        string? at = null, string show = "pWave", string format = "json", string? since = null)
    {
        CampaignRecord record = desk.Archive.Get(id);
        Plan plan = desk.PlanOf(record);
        DiagramRequest request = DiagramRequest.Of(plan, x, y, at, show);
        Check(format);
        long cells = (long)plan.Spec.Axes[request.Axes.X].Values.Count * plan.Spec.Axes[request.Axes.Y].Values.Count;
        if (format == "bytes" && cells > MostCells)
        {
            throw new CommandException($"a map of {cells:N0} points is too large for one answer", $"up to {MostCells:N0} are not; its tiles are at /diagram/tiles");
        }

        return format == "bytes"
            ? SendAsync(context, () => live.Read(record, plan, request, (_, view, version) => Raster(view, version, live.Version(record, since))), cancel)
            : NumbersAsync(context, desk, record, plan, request, format, cancel);
    }

    private static async Task TableAsync(
        string id, HttpContext context, CampaignDesk desk, [AsParameters] DiagramPart part, CancellationToken cancel, string? x = null,
        string? y = null, string? at = null, string show = "pWave", string format = "csv", string? minus = null)
    {
        if (format is not ("csv" or "parquet"))
        {
            throw new CommandException($"there is no format '{format}' of this table", "csv and parquet are there");
        }

        CampaignRecord record = desk.Archive.Get(id);
        DiagramRequest request = DiagramRequest.Of(desk.PlanOf(record), x, y, at, show);
        PhaseGrid grid = await GridAsync(desk, record, request, cancel).ConfigureAwait(false);
        string name = request.IsClass ? request.Quantity : $"{request.Quantity} [{request.Unit}]";
        string file = $"{record.Id}-{show}";
        if (minus is not null)
        {
            CampaignRecord other = desk.Archive.Get(minus);
            PhaseGrid less = await GridAsync(desk, other, DiagramRequest.Of(desk.PlanOf(other), x, y, at, show), cancel).ConfigureAwait(false);
            grid = request.IsClass ? throw new CommandException("a difference wants a number", "show=pWave, another outcome or an observable")
                : grid.Minus(less) ?? throw new CommandException("the two campaigns have other axes");
            (name, file) = ($"{name} minus that of {other.Id}", $"{file}-minus-{other.Id}");
        }

        var table = new DiagramTable(grid, name, request.IsClass, part);
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{file}.{format}\"";
        IResult result = format == "csv" ? TypedResults.Text(table.Csv(), "text/csv", Encoding.UTF8)
            : TypedResults.Bytes(await table.ParquetAsync(record, cancel).ConfigureAwait(false), "application/vnd.apache.parquet");
        await result.ExecuteAsync(context).ConfigureAwait(false);
    }

    private static Task<PhaseGrid> GridAsync(CampaignDesk desk, CampaignRecord record, DiagramRequest request, CancellationToken cancel)
    {
        Plan plan = desk.PlanOf(record);
        return Task.Run(() => request.Map(plan, desk.Archive.Points(record, plan).Until(cancel)), cancel);
    }

    private static Task TileAsync(
        string id, int level, int column, int row, HttpContext context, CampaignDesk desk, LiveDiagrams live, CancellationToken cancel,
        string? x = null, string? y = null, string? at = null, string show = "pWave")
    {
        CampaignRecord record = desk.Archive.Get(id);
        Plan plan = desk.PlanOf(record);
        DiagramRequest request = DiagramRequest.Of(plan, x, y, at, show);
        if (level is < 0 or > MostLevels || column < 0 || row < 0)
        {
            throw new CommandException($"there is no tile {level}/{column}/{row}", $"levels go from 0 to {MostLevels}, columns and rows from 0");
        }

        return SendAsync(context, () => live.Read(record, plan, request, (_, view, version) =>
        {
            (byte[] cells, int width, int height) = view.Tile(level, column, row, TileSize);
            return new DiagramBytes(version, cells, width, height, view.IsClass, view.Min, view.Max, false);
        }), cancel);
    }

    private static async Task BoundaryAsync(
        string id, HttpContext context, CampaignDesk desk, LiveDiagrams live, CancellationToken cancel, string? x = null, string? y = null,
        string? at = null)
    {
        CampaignRecord record = desk.Archive.Get(id);
        Plan plan = desk.PlanOf(record);
        DiagramRequest request = DiagramRequest.Of(plan, x, y, at, "pWave");
        BoundaryAnswer answer = await Task.Run(
            () => live.Read(record, plan, request, (board, view, _) => BoundaryLines.Of(record.Id.Value, board, view.Slice)), cancel)
            .ConfigureAwait(false);
        await TypedResults.Json(answer, JsonForm.Options).ExecuteAsync(context).ConfigureAwait(false);
    }

    private static async Task ThumbnailAsync(string id, HttpContext context, CampaignDesk desk, LiveDiagrams live, CancellationToken cancel)
    {
        CampaignRecord record = desk.Archive.Get(id);
        Plan plan = desk.PlanOf(record);
        DiagramRequest request = DiagramRequest.Of(plan, null, null, null, "outcome");
        (string version, byte[] cells, int width, int height) = await Task.Run(() => live.Read(record, plan, request, (_, view, version) =>
        {
            int level = 0;
            while (Math.Max(view.Slice.Width, view.Slice.Height) >> level > ThumbnailSize)
            {
                level++;
            }

            (byte[] cells, int width, int height) = view.At(level);
            return (version, (byte[])cells.Clone(), width, height);
        }), cancel).ConfigureAwait(false);
        if (!IsKnown(context, version))
        {
            await TypedResults.Bytes(OutcomePicture.Png(cells, width, height), "image/png").ExecuteAsync(context).ConfigureAwait(false);
        }
    }

    private static async Task NumbersAsync(
        HttpContext context, CampaignDesk desk, CampaignRecord record, Plan plan, DiagramRequest request, string format, CancellationToken cancel)
    {
        // The digest names the results that the map is made of.
        if (IsKnown(context, desk.Archive.View(record).Digest))
        {
            return;
        }

        if (request.IsClass)
        {
            throw new CommandException("show=outcome is a class, not a number", "format=bytes shows it; /diagram/table names it");
        }

        PhaseGrid grid = await GridAsync(desk, record, request, cancel).ConfigureAwait(false);
        IResult result = format is "png" or "svg"
            ? TypedResults.Bytes(
                await DrawAsync(grid, CampaignOutputs.Title(plan, record.Id.Value), format == "svg", cancel).ConfigureAwait(false),
                format == "svg" ? "image/svg+xml" : "image/png")
            : TypedResults.Json(DiagramNumbers.Of(record.Id.Value, request, grid), JsonForm.Options);
        await result.ExecuteAsync(context).ConfigureAwait(false);
    }

    private static void Check(string format)
    {
        if (format is not ("json" or "bytes" or "png" or "svg"))
        {
            throw new CommandException($"there is no format '{format}' of a map", "json, bytes, png and svg are there");
        }
    }

    // All of it, or what changed since the version that the reader has.
    private static DiagramBytes Raster(DiagramView view, string version, long? since)
    {
        byte[]? delta = since is { } known ? view.Since(known) : null;
        return new(
            version, delta ?? view.Whole(), view.Slice.Width, view.Slice.Height, view.IsClass, view.Min, view.Max, delta is not null);
    }

    private static async Task SendAsync(HttpContext context, Func<DiagramBytes> read, CancellationToken cancel)
    {
        DiagramBytes bytes = await Task.Run(read, cancel).ConfigureAwait(false);
        IHeaderDictionary headers = context.Response.Headers;
        headers["Diagram-Version"] = bytes.Version;
        headers["Diagram-Width"] = bytes.Width.ToString(CultureInfo.InvariantCulture);
        headers["Diagram-Height"] = bytes.Height.ToString(CultureInfo.InvariantCulture);
        headers["Diagram-Min"] = Number(bytes.Min);
        headers["Diagram-Max"] = Number(bytes.Max);
        if (bytes.IsClass)
        {
            headers["Diagram-Classes"] = string.Join(',', DiagramValue.ClassNames);
        }

        if (bytes.IsDelta)
        {
            headers["Diagram-Delta"] = "true";
            headers.CacheControl = "no-store";
        }
        else if (IsKnown(context, bytes.Version))
        {
            return;
        }

        await TypedResults.Bytes(bytes.Content, Bytes).ExecuteAsync(context).ConfigureAwait(false);
    }

    private static bool IsKnown(HttpContext context, string version)
    {
        string tag = $"\"{version}\"";
        context.Response.Headers.ETag = tag;
        context.Response.Headers.CacheControl = "private, no-cache";
        bool isKnown = context.Request.Headers.IfNoneMatch.Contains(tag, StringComparer.Ordinal);
        if (isKnown)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
        }

        return isKnown;
    }

    private static string Number(double value) => double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : "";

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
}
