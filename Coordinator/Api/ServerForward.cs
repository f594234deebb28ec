using System.Collections.Concurrent;
using System.Net.Http.Json;
using CalciumSweep.Coordinator.Cli;
using CalciumSweep.Dashboard;
using CalciumSweep.Shared.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace CalciumSweep.Coordinator.Api;

/// <summary>
/// Hands requests on to a server as they are, and asks it whose session a cookie is: the server alone knows tokens and roles.
/// </summary>
/// <param name="server">The server.</param>
internal sealed class ServerForward(Uri server) : IDisposable
{
    private const int MostSessions = 1000;
    private static readonly TimeSpan _freshness = TimeSpan.FromSeconds(10);
    private static readonly string[] _forwarded = ["/api", "/openapi", "/scalar", "/sign-in", "/sign-out", "/health", "/metrics"];

    // They belong to one connection, or are made anew.
    private static readonly HashSet<string> _own = new(StringComparer.OrdinalIgnoreCase)
        { OidcSignIn.OriginHeader, "Host", "Connection", "Transfer-Encoding", "Keep-Alive", "Upgrade", "Origin", "Content-Length" };

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private readonly ConcurrentDictionary<string, (long Asked, SessionAnswer? Who)> _sessions = new(StringComparer.Ordinal);

    /// <summary>Middleware.</summary>
    public async Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        HttpRequest request = context.Request;
        if (!WebGuard.IsOwnPage(request))
        {
            await Problems.WriteAsync(context, StatusCodes.Status401Unauthorized, "this comes from another site", null).ConfigureAwait(false);
            return;
        }

        if (request.Path == "/health/live" || request.Path == "/health/startup")
        {
            // Whether this process lives is no matter of the server's.
            await next(context).ConfigureAwait(false);
            return;
        }

        if (_forwarded.Any(path => request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase))
            || (request.Path == "/" && request.Query.ContainsKey("token")))
        {
            await ForwardAsync(context).ConfigureAwait(false);
            return;
        }

        if (request.Cookies.TryGetValue(Session.CookieName, out string? cookie) && await WhoAsync(cookie, context.RequestAborted).ConfigureAwait(false) is { } who)
        {
            context.User = Session.Of(who.Name, who.Role, cookie);
        }
        else if (request.Path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase))
        {
            await Problems.WriteAsync(context, StatusCodes.Status401Unauthorized, "the page has no session any more", "load it again").ConfigureAwait(false);
            return;
        }

        await next(context).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<SessionAnswer?> WhoAsync(string cookie, CancellationToken cancel)
    {
        if (_sessions.TryGetValue(cookie, out (long Asked, SessionAnswer? Who) known) && TimeProvider.System.GetElapsedTime(known.Asked) < _freshness)
        {
            return known.Who;
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server, "api/session"));
        request.Headers.TryAddWithoutValidation("Cookie", $"{Session.CookieName}={cookie}");
        using HttpResponseMessage response = await SendAsync(request, cancel).ConfigureAwait(false);
        SessionAnswer? who = response.IsSuccessStatusCode
            ? await response.Content.ReadFromJsonAsync<SessionAnswer>(JsonForm.Options, cancel).ConfigureAwait(false) : null;
        if (_sessions.Count >= MostSessions)
        {
            _sessions.Clear();
        }

        _sessions[cookie] = (TimeProvider.System.GetTimestamp(), who);
        return who;
    }

    private async Task ForwardAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        using var forwarded = new HttpRequestMessage(new HttpMethod(request.Method), new Uri(server, $"{request.Path.ToUriComponent()}{request.QueryString}"));
        if (request.ContentLength > 0 || request.Headers.TransferEncoding.Count > 0)
        {
            forwarded.Content = new StreamContent(request.Body);
        }

        forwarded.Headers.Add(OidcSignIn.OriginHeader, $"{request.Scheme}://{request.Host}");
        foreach ((string name, StringValues values) in request.Headers.Where(h => !_own.Contains(h.Key)))
        {
            _ = forwarded.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values)
                || forwarded.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values) == true;
        }

        using HttpResponseMessage response = await SendAsync(forwarded, context.RequestAborted).ConfigureAwait(false);
        context.Response.StatusCode = (int)response.StatusCode;
        foreach ((string name, IEnumerable<string> values) in response.Headers.Concat(response.Content.Headers).Where(h => !_own.Contains(h.Key)))
        {
            context.Response.Headers[name] = values.ToArray();
        }

        if (request.IsHttps && context.Response.Headers.SetCookie is { Count: > 0 } cookies)
        {
            // The server does not know that there is TLS in front of this.
            context.Response.Headers.SetCookie = cookies.Select(cookie => cookie!.Contains("; secure", StringComparison.OrdinalIgnoreCase) ? cookie : $"{cookie}; secure").ToArray();
        }

        // Events go out as they come.
        using Stream body = await response.Content.ReadAsStreamAsync(context.RequestAborted).ConfigureAwait(false);
        var buffer = new byte[64 * 1024];
        while (await body.ReadAsync(buffer, context.RequestAborted).ConfigureAwait(false) is var read and > 0)
        {
            await context.Response.Body.WriteAsync(buffer.AsMemory(0, read), context.RequestAborted).ConfigureAwait(false);
            await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        try
        {
            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel).ConfigureAwait(false);
        }
        catch (HttpRequestException e)
        {
            throw new NodeSilentException(server.ToString(), e);
        }
    }
}
