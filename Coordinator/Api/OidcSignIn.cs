using System.Security.Claims;
using System.Text.Json;
using CalciumSweep.Dashboard;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace CalciumSweep.Coordinator.Api;

/// <summary>
/// Sign-in with the provider: authorization code with PKCE. What comes of it is a session of this server's own; nothing of the provider is kept.
/// </summary>
internal sealed class OidcSignIn(OidcSettings settings, OidcProvider provider, OidcClaims claims, SealedSessions sessions, SignInLimit limit, AuditLog audit)
{
    /// <summary>Where it begins, and where the provider sends people back to.</summary>
    public const string Start = "/sign-in/oidc", Callback = "/sign-in/oidc/callback";

    /// <summary>The address that a browser sees, from a dashboard that hands its requests on.</summary>
    public const string OriginHeader = "CalciumSweep-Origin";

    private static readonly object _idToken = new(), _userInfo = new();

    /// <summary>Middleware, before the library's own, which takes what comes to <see cref="Callback"/>.</summary>
    public Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        HttpRequest request = context.Request;
        bool isStart = request.Path == Start, isCallback = request.Path == Callback;
        if (!isStart && !isCallback)
        {
            return next(context);
        }

        if (!HttpMethods.IsGet(request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return Task.CompletedTask;
        }

        TakeOrigin(request);
        return isStart ? StartAsync(context) : CheckAsync(context, next);
    }

    /// <summary>Says what happens when a handshake ends.</summary>
    public void Listen(OpenIdConnectEvents events)
    {
        events.OnTokenValidated = context =>
        {
            context.HttpContext.Items[_idToken] = OidcServices.ClaimsOf(context.SecurityToken.RawPayload);
            return Task.CompletedTask;
        };
        events.OnUserInformationReceived = context =>
        {
            context.HttpContext.Items[_userInfo] = context.User.RootElement.Clone();
            return Task.CompletedTask;
        };
        events.OnTicketReceived = EnterAsync;
        events.OnRemoteFailure = FailAsync;
    }

    // Whoever makes this up gets a way back that the provider refuses, as it knows this server's addresses.
    private static void TakeOrigin(HttpRequest request)
    {
        if (Uri.TryCreate(request.Headers[OriginHeader], UriKind.Absolute, out Uri? origin) && origin.Scheme is "http" or "https")
        {
            (request.Scheme, request.Host) = (origin.Scheme, new HostString(origin.Authority));
        }
    }

    private async Task StartAsync(HttpContext context)
    {
        string why = Silent;
        try
        {
            if (await provider.IsKnownAsync().ConfigureAwait(false))
            {
                await context.ChallengeAsync(OidcServices.Handshake, new() { RedirectUri = ReturnPath.Of(context.Request.Query["return"]) }).ConfigureAwait(false);
                return;
            }
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            // A provider that wants to hear of a sign-in before the browser comes (RFC 9126) went away.
        }
        catch (OpenIdConnectProtocolException)
        {
            why = $"{settings.Host} does not take sign-ins for this server: it does not know the client, or its secret is another one";
        }

        await SignInPage.RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, why).ConfigureAwait(false);
    }

    private async Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        if (!limit.MayTry(context.Connection.RemoteIpAddress))
        {
            context.Response.Headers.RetryAfter = "60";
            await SignInPage.RefuseAsync(context, StatusCodes.Status429TooManyRequests, "Too many sign-ins from this address failed: wait a minute").ConfigureAwait(false);
        }
        else if (!await provider.IsKnownAsync().ConfigureAwait(false))
        {
            await SignInPage.RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, Silent).ConfigureAwait(false);
        }
        else
        {
            await next(context).ConfigureAwait(false);
        }
    }

    private string Silent => $"{settings.Host} does not answer, so nobody can sign in with it now; a token of this server does";

    private async Task EnterAsync(TicketReceivedContext context)
    {
        HttpContext http = context.HttpContext;
        context.HandleResponse();
        JsonElement[] said = [.. new[] { http.Items[_idToken], http.Items[_userInfo] }.OfType<JsonElement>()];
        string name = claims.NameOf(said);
        if (said.Select(claims.RoleOf).FirstOrDefault(role => role is not null) is not { } role)
        {
            audit.Write(http, Session.Of(name, "", ""), What, null, StatusCodes.Status403Forbidden);
            await SignInPage.RefuseAsync(http, StatusCodes.Status403Forbidden, claims.NoRole(name)).ConfigureAwait(false);
            return;
        }

        string cookie = sessions.Issue(name, role);
        audit.Write(http, Session.Of(name, role, cookie), What, null, StatusCodes.Status200OK);
        http.Response.Cookies.Append(Session.CookieName, cookie, TokenGate.CookieOptions(http.Request));
        await SignInPage.GoOnAsync(http, ReturnPath.Of(context.ReturnUri)).ConfigureAwait(false);
    }

    private string What => $"sign-in with {settings.Host}";

    private Task FailAsync(RemoteFailureContext context)
    {
        HttpContext http = context.HttpContext;
        context.HandleResponse();
        if (context.Failure is HttpRequestException or TaskCanceledException)
        {
            return SignInPage.RefuseAsync(http, StatusCodes.Status503ServiceUnavailable, Silent);
        }

        limit.WasWrong(http.Connection.RemoteIpAddress);
        audit.Write(http, new ClaimsPrincipal(), What, null, StatusCodes.Status401Unauthorized);
        return SignInPage.RefuseAsync(
            http, StatusCodes.Status401Unauthorized,
            $"The sign-in with {settings.Host} did not succeed: it was refused there, took more than a quarter of an hour, or began in another browser");
    }
}
