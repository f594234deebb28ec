using System.Security.Claims;
using CalciumSweep.Dashboard;
using Microsoft.AspNetCore.Http;

namespace CalciumSweep.Coordinator.Api;

/// <summary>
/// Says who asks: by a token, or by the session cookie that a token was exchanged for at <c>/?token=…</c> or at the sign-in page.
/// Lets nobody else under <c>/api</c>, and viewers change nothing there.
/// </summary>
internal sealed class TokenGate(IReadOnlyList<AccessKey> keys, AuditLog audit)
{
    private const string Scheme = "Bearer ";

    // They take something in a body, but change nothing.
    private static readonly string[] _harmless = ["/api/validate"];
    private readonly SignInLimit _limit = new();

    /// <summary>Middleware.</summary>
    public Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        HttpRequest request = context.Request;
        if (request.Path == "/" && request.Query.TryGetValue("token", out var given))
        {
            return EnterAsync(context, given.ToString(), "/", "/");
        }

        if (HttpMethods.IsPost(request.Method) && request.Path == "/sign-in")
        {
            return SignInAsync(context);
        }

        if (HttpMethods.IsPost(request.Method) && request.Path == "/sign-out")
        {
            context.Response.Cookies.Delete(Session.CookieName);
            context.Response.Redirect("/");
            return Task.CompletedTask;
        }

        if (Find(request) is { } key)
        {
            context.User = Session.Of(key.Name, key.Role, key.Cookie);
        }

        // The pages' own connection is as good as the API.
        return request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) || request.Path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase)
            ? GuardAsync(context, next) : next(context);
    }

    private static Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        HttpRequest request = context.Request;
        if (context.User.Identity?.IsAuthenticated != true)
        {
            return Problems.WriteAsync(
                context, StatusCodes.Status401Unauthorized, "the API wants the server's token",
                "Authorization: Bearer TOKEN; the token stands in the file 'token' of the server's data folder");
        }

        bool isReading = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)
            || request.Path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase) || _harmless.Contains(request.Path.Value, StringComparer.OrdinalIgnoreCase);
        return isReading || context.User.IsInRole(Session.Operator) ? next(context) : Problems.WriteAsync(
            context, StatusCodes.Status403Forbidden, $"{context.User.Identity.Name} is a viewer, and a viewer changes nothing", "an operator's token does");
    }

    private AccessKey? Find(HttpRequest request)
    {
        string authorization = request.Headers.Authorization.ToString();
        if (authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return keys.FirstOrDefault(key => key.IsToken(authorization[Scheme.Length..].Trim()));
        }

        return request.Cookies.TryGetValue(Session.CookieName, out string? cookie) && WebGuard.IsOwnPage(request)
            ? keys.FirstOrDefault(key => key.IsSession(cookie)) : null;
    }

    private async Task SignInAsync(HttpContext context)
    {
        if (!WebGuard.IsOwnPage(context.Request) || !context.Request.HasFormContentType)
        {
            await Problems.WriteAsync(context, StatusCodes.Status400BadRequest, "this is not the sign-in page", null).ConfigureAwait(false);
            return;
        }

        IFormCollection form = await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false);
        string back = form["return"].ToString();

        // Only to a page of this server.
        back = back.StartsWith('/') && !back.StartsWith("//", StringComparison.Ordinal) && !back.Contains('\\', StringComparison.Ordinal) ? back : "/";
        string again = back.Contains("wrong=", StringComparison.Ordinal) ? back : back + (back.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "wrong=1";
        await EnterAsync(context, form["token"].ToString().Trim(), WithoutWrong(back), again).ConfigureAwait(false);
    }

    private static string WithoutWrong(string path) =>
        path.Replace("?wrong=1", "", StringComparison.Ordinal).Replace("&wrong=1", "", StringComparison.Ordinal);

    private async Task EnterAsync(HttpContext context, string given, string back, string again)
    {
        if (!_limit.MayTry(context.Connection.RemoteIpAddress))
        {
            context.Response.Headers.RetryAfter = "60";
            await Problems.WriteAsync(context, StatusCodes.Status429TooManyRequests, "too many wrong tokens from this address", "wait a minute")
                .ConfigureAwait(false);
            return;
        }

        if (keys.FirstOrDefault(key => key.IsToken(given)) is not { } known)
        {
            _limit.WasWrong(context.Connection.RemoteIpAddress);
            audit.Write(context, new ClaimsPrincipal(), "sign-in with a wrong token", null, StatusCodes.Status401Unauthorized);
            if (again != back)
            {
                context.Response.Redirect(again);
                return;
            }

            await Problems.WriteAsync(
                context, StatusCodes.Status401Unauthorized, "this is not the server's token", "calciumsweep up prints the address with it")
                .ConfigureAwait(false);
            return;
        }

        audit.Write(context, Session.Of(known.Name, known.Role, ""), "sign-in", null, StatusCodes.Status200OK);
        context.Response.Cookies.Append(Session.CookieName, known.Cookie, new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = context.Request.IsHttps,
            Path = "/",
        });
        context.Response.Redirect(back);
    }
}
