using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace CalciumSweep.Coordinator.Api;

/// <summary>
/// Lets requests under <c>/api</c> through that bring the token, or the session cookie that <c>/?token=…</c> sets. The
/// cookie holds a digest of the token, so that it is no key by itself and outlives a restart.
/// </summary>
internal sealed class TokenGate(string token)
{
    private const string CookieName = "calciumsweep-session", Scheme = "Bearer ";
    private readonly byte[] _token = Digest(token);
    private readonly string _session = Convert.ToHexStringLower(
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(token), "session"u8));

    /// <summary>Middleware.</summary>
    public async Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path == "/" && context.Request.Query.TryGetValue("token", out var given))
        {
            await EnterAsync(context, given.ToString()).ConfigureAwait(false);
        }
        else if (context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) && !IsKnown(context.Request))
        {
            await Problems.WriteAsync(
                context, StatusCodes.Status401Unauthorized, "the API wants the server's token",
                "Authorization: Bearer TOKEN; the token stands in the file 'token' of the server's data folder").ConfigureAwait(false);
        }
        else
        {
            await next(context).ConfigureAwait(false);
        }
    }

    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    // Digests have one length, so that the time of a comparison tells nothing.
    private bool IsToken(string given) => CryptographicOperations.FixedTimeEquals(Digest(given), _token);

    private bool IsKnown(HttpRequest request)
    {
        string authorization = request.Headers.Authorization.ToString();
        if (authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return IsToken(authorization[Scheme.Length..].Trim());
        }

        return request.Cookies.TryGetValue(CookieName, out string? cookie)
            && CryptographicOperations.FixedTimeEquals(Digest(cookie), Digest(_session))
            && IsOwnPage(request);
    }

    // A browser says where a request that changes something comes from; a cookie is good for our own pages only.
    private static bool IsOwnPage(HttpRequest request)
    {
        string origin = request.Headers.Origin.ToString();
        return HttpMethods.IsGet(request.Method) || origin.Length == 0
            || string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }

    private async Task EnterAsync(HttpContext context, string given)
    {
        if (!IsToken(given))
        {
            await Problems.WriteAsync(
                context, StatusCodes.Status401Unauthorized, "this is not the server's token", "calciumsweep up prints the address with it")
                .ConfigureAwait(false);
            return;
        }

        context.Response.Cookies.Append(CookieName, _session, new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = context.Request.IsHttps,
            Path = "/",
        });
        context.Response.Redirect("/");
    }
}
