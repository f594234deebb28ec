using CalciumSweep.Shared.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace CalciumSweep.Coordinator.Api;

/// <summary>Server-sent events: "campaign, version n, counts", and a heartbeat while nothing happens.</summary>
internal static class EventEndpoints
{
    private static readonly TimeSpan _heartbeat = TimeSpan.FromSeconds(5);

    /// <summary>Adds them.</summary>
    public static void Map(IEndpointRouteBuilder api)
    {
        // A stream stays open: it does not count among the requests at a time, but has a bound of its own.
        api.MapGet("/events", (HttpContext context, EventFeed feed, IHostApplicationLifetime life) =>
            StreamAsync(context, feed, life, null))
            .DisableRateLimiting().Produces<Stream>(StatusCodes.Status200OK, "text/event-stream").WithTags("events")
            .WithName("events").WithSummary($"What changes in any campaign, as server-sent events; the data of each is a {nameof(CampaignNews)}");
        api.MapGet("/campaigns/{id}/events", (string id, HttpContext context, CampaignDesk desk, EventFeed feed, IHostApplicationLifetime life) =>
            StreamAsync(context, feed, life, desk.Archive.Get(id).Id.Value))
            .DisableRateLimiting().Produces<Stream>(StatusCodes.Status200OK, "text/event-stream").WithTags("events")
            .WithName("campaignEvents").WithSummary($"What changes in one campaign, as server-sent events; the data of each is a {nameof(CampaignNews)}");
    }

    private static async Task StreamAsync(HttpContext context, EventFeed feed, IHostApplicationLifetime life, string? campaign)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, life.ApplicationStopping);
        EventReader? reader = feed.Open(campaign);
        if (reader is null)
        {
            await Problems.WriteAsync(
                context, StatusCodes.Status503ServiceUnavailable, $"{EventFeed.MostReaders} readers of events are there already", "try again later")
                .ConfigureAwait(false);
            return;
        }

        try
        {
            context.Response.ContentType = "text/event-stream";
            context.Response.Headers.CacheControl = "no-cache, no-transform";
            context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            await WriteAsync(context, ["retry: 1000\n\n"u8.ToArray()], end.Token).ConfigureAwait(false);
            while (true)
            {
                IReadOnlyCollection<ReadOnlyMemory<byte>> news = await reader.TakeAsync(_heartbeat, end.Token).ConfigureAwait(false);
                await WriteAsync(context, news.Count == 0 ? [": heartbeat\n\n"u8.ToArray()] : news, end.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The reader went away, or the server stops.
        }
        finally
        {
            feed.Close(reader);
        }
    }

    private static async Task WriteAsync(HttpContext context, IEnumerable<ReadOnlyMemory<byte>> texts, CancellationToken cancel)
    {
        foreach (ReadOnlyMemory<byte> text in texts)
        {
            await context.Response.Body.WriteAsync(text, cancel).ConfigureAwait(false);
        }

        await context.Response.Body.FlushAsync(cancel).ConfigureAwait(false);
    }
}
