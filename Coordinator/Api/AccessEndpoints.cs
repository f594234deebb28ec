using System.Security.Claims;
using CalciumSweep.Coordinator.Cli;
using CalciumSweep.Shared.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CalciumSweep.Coordinator.Api;

/// <summary><c>/api/session</c> and <c>/api/audit</c>: who asks, and who did what.</summary>
internal static class AccessEndpoints
{
    private const int UsualEntries = 200, MostEntries = 2000;

    /// <summary>Adds what the sign-in page asks before anybody is known.</summary>
    public static void MapWays(IEndpointRouteBuilder app) => app.MapGet(
        "/sign-in/ways", (NodeHost node) => TypedResults.Json(new SignInWays(node.Settings.Oidc?.Host), JsonForm.Options))
        .Produces<SignInWays>().WithTags("access").WithName("signInWays").WithSummary("How people sign in beside with a token; asked without one");

    /// <summary>Adds them.</summary>
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/session", (HttpContext context) => TypedResults.Json(
            new SessionAnswer(context.User.Identity!.Name!, context.User.FindFirstValue(ClaimTypes.Role)!), JsonForm.Options))
            .Produces<SessionAnswer>().WithTags("access").WithName("session").WithSummary("Who asks, and as what");
        api.MapGet("/audit", (AuditLog audit, int limit = UsualEntries) =>
            TypedResults.Json(audit.Latest(Math.Clamp(limit, 0, MostEntries)), JsonForm.Options))
            .Produces<AuditEntry[]>().WithTags("access").WithName("audit").WithSummary("Who did what, latest first");
    }
}
