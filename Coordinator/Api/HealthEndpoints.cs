using CalciumSweep.Coordinator.Cli;
using CalciumSweep.Shared.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace CalciumSweep.Coordinator.Api;

/// <summary>
/// <c>/health/live</c> (the process answers; never asks the store), <c>/health/ready</c> (it can take requests) and
/// <c>/health/startup</c> (it has joined and taken up its campaigns). Without a token: a supervisor has none.
/// </summary>
internal static class HealthEndpoints
{
    /// <summary>Adds them.</summary>
    public static void Map(IEndpointRouteBuilder root)
    {
        RouteGroupBuilder health = root.MapGroup("/health").WithTags("health");
        health.MapGet("/live", () => Answer(null)).Produces<HealthAnswer>().WithSummary("The process answers");
        health.MapGet("/ready", async (NodeHealth node) => Answer(await node.NotReadyAsync().ConfigureAwait(false)))
            .Produces<HealthAnswer>().Produces<HealthAnswer>(StatusCodes.Status503ServiceUnavailable).WithSummary("The node can take requests");
        health.MapGet("/startup", (NodeHealth node) => Answer(node.NotStarted()))
            .Produces<HealthAnswer>().Produces<HealthAnswer>(StatusCodes.Status503ServiceUnavailable).WithSummary("The node has started");
    }

    /// <summary>Adds those of a process that is no node: it lives, and has started, as soon as it answers.</summary>
    public static void MapAlone(IEndpointRouteBuilder root)
    {
        root.MapGet("/health/live", () => Answer(null));
        root.MapGet("/health/startup", () => Answer(null));
    }

    private static JsonHttpResult<HealthAnswer> Answer(string? problem) => TypedResults.Json(
        new HealthAnswer(problem is null ? "ok" : "unavailable", problem), JsonForm.Options,
        statusCode: problem is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
}
