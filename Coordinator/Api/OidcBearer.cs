using System.Text.Json;
using CalciumSweep.Dashboard;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Tokens;

namespace CalciumSweep.Coordinator.Api;

/// <summary>Lets those in who bring a JWT of the provider: signature, issuer, audience and lifetime are checked, the role follows from a claim.</summary>
internal sealed class OidcBearer(OidcSettings settings, OidcProvider provider, OidcClaims claims, SealedSessions sessions)
{
    /// <summary>Where a request has what its token says, once that was checked.</summary>
    public static readonly object Said = new();

    /// <summary>True if a bearer token may be one of the provider's.</summary>
    public static bool IsLike(string token) => token.Count(c => c == '.') == 2;

    /// <summary>Says who brings the token of the request, or why it does not do.</summary>
    public async Task<Asker> FindAsync(HttpContext context)
    {
        if (!await provider.IsKnownAsync().ConfigureAwait(false))
        {
            return new(null, StatusCodes.Status503ServiceUnavailable, $"{settings.Host} does not answer, so nobody knows whether its token is good", "a token of this server does");
        }

        AuthenticateResult result = await context.AuthenticateAsync(OidcServices.Bearer).ConfigureAwait(false);
        if (!result.Succeeded || context.Items[Said] is not JsonElement said)
        {
            return new(null, StatusCodes.Status401Unauthorized, $"the bearer token is not good: {Reason(result.Failure)}", $"a new one from {settings.Host}");
        }

        string name = claims.NameOf([said]);
        return claims.RoleOf(said) is { } role
            ? new(Session.Of(name, role, sessions.Issue(name, role)))
            : new(Session.Of(name, "", ""), StatusCodes.Status403Forbidden, claims.NoRole(name), "whoever runs this server names such values");
    }

    private string Reason(Exception? failure) => failure switch
    {
        SecurityTokenExpiredException => "it has expired",
        SecurityTokenNotYetValidException => "its time has not come",
        SecurityTokenInvalidAudienceException => $"it is not for {settings.Audience}",
        SecurityTokenInvalidIssuerException => $"it is not from {settings.Host}",
        SecurityTokenInvalidSignatureException => $"it is not signed by {settings.Host}",
        _ => $"it is none of {settings.Host}",
    };
}
