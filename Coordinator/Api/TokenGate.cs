using System.Security.Claims;
using CalciumSweep.Dashboard;
using Microsoft.AspNetCore.Http;

namespace CalciumSweep.Coordinator.Api;

/// <summary>
/// Says who asks: by a token, by a provider's JWT, or by a session cookie. Lets nobody else under <c>/api</c>, and viewers change nothing there.
/// </summary>
/// <param name="keys">The tokens.</param>
/// <param name="audit">Hears of sign-ins.</param>
/// <param name="limit">Slows down who tries tokens.</param>
/// <param name="bearer">Knows a provider's JWTs; null if there is no provider.</param>
/// <param name="sessions">Knows the sessions of a provider's users; null if there is no provider.</param>
internal sealed class TokenGate(IReadOnlyList<AccessKey> keys, AuditLog audit, SignInLimit limit, OidcBearer? bearer, SealedSessions? sessions)
{
    private const string Scheme = "Bearer ";

    // They take something in a body, but change nothing.
    private static readonly string[] _harmless = ["/api/validate"];
    private static readonly Asker _nobody = new(
        null, StatusCodes.Status401Unauthorized, "the API wants the server's token",
        "Authorization: Bearer TOKEN; the token stands in the file 'token' of the server's data folder");

    /// <summary>How a session cookie is kept.</summary>
    public static CookieOptions CookieOptions(HttpRequest request) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = request.IsHttps,
        Path = "/",
    };

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

        return LetInAsync(context, next);
    }

    private async Task LetInAsync(HttpContext context, RequestDelegate next)
    {
        Asker asker = await FindAsync(context).ConfigureAwait(false);

        // The pages' own connection is as good as the API.
        bool isGuarded = context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
            || context.Request.Path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase);
        if (asker.Who is { } who && (isGuarded || asker.Status == 0))
        {
            context.User = who;
        }

        await (!isGuarded ? next(context)
            : asker.Status == 0 ? GuardAsync(context, next)
            : Problems.WriteAsync(context, asker.Status, asker.Problem!, asker.Hint)).ConfigureAwait(false);
    }

    private static Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        HttpRequest request = context.Request;

        bool isReading = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)
            || request.Path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase) || _harmless.Contains(request.Path.Value, StringComparer.OrdinalIgnoreCase);
        return isReading || context.User.IsInRole(Session.Operator) ? next(context) : Problems.WriteAsync(
            context, StatusCodes.Status403Forbidden, $"{context.User.Identity!.Name} is a viewer, and a viewer changes nothing", "an operator's token does");
    }

    private async Task<Asker> FindAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        string authorization = request.Headers.Authorization.ToString();
        if (authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            string token = authorization[Scheme.Length..].Trim();
            return keys.FirstOrDefault(key => key.IsToken(token)) is { } key ? Known(key)
                : bearer is not null && OidcBearer.IsLike(token) ? await bearer.FindAsync(context).ConfigureAwait(false) : _nobody;
        }

        if (!request.Cookies.TryGetValue(Session.CookieName, out string? cookie) || !WebGuard.IsOwnPage(request))
        {
            return _nobody;
        }

        return keys.FirstOrDefault(key => key.IsSession(cookie)) is { } owner ? Known(owner)
            : sessions?.Find(cookie) is { } who ? new(who) : _nobody;
    }

    private static Asker Known(AccessKey key) => new(Session.Of(key.Name, key.Role, key.Cookie));

    private async Task SignInAsync(HttpContext context)
    {
        if (!WebGuard.IsOwnPage(context.Request) || !context.Request.HasFormContentType)
        {
            await Problems.WriteAsync(context, StatusCodes.Status400BadRequest, "this is not the sign-in page", null).ConfigureAwait(false);
            return;
        }

        IFormCollection form = await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false);
        string back = ReturnPath.Of(form["return"]);
        string again = back.Contains("wrong=", StringComparison.Ordinal) ? back : back + (back.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "wrong=1";
        await EnterAsync(context, form["token"].ToString().Trim(), WithoutWrong(back), again).ConfigureAwait(false);
    }

    private static string WithoutWrong(string path) =>
        path.Replace("?wrong=1", "", StringComparison.Ordinal).Replace("&wrong=1", "", StringComparison.Ordinal);

    private async Task EnterAsync(HttpContext context, string given, string back, string again)
    {
        if (!limit.MayTry(context.Connection.RemoteIpAddress))
        {
            context.Response.Headers.RetryAfter = "60";
            await Problems.WriteAsync(context, StatusCodes.Status429TooManyRequests, "too many wrong tokens from this address", "wait a minute")
                .ConfigureAwait(false);
            return;
        }

        if (keys.FirstOrDefault(key => key.IsToken(given)) is not { } known)
        {
            limit.WasWrong(context.Connection.RemoteIpAddress);
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
        context.Response.Cookies.Append(Session.CookieName, known.Cookie, CookieOptions(context.Request));
        context.Response.Redirect(back);
    }
}
