using System.Text.Json;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace CalciumSweep.Coordinator.Api;

/// <summary>The libraries that check a provider's tokens and do the handshake of a sign-in, set up for one provider.</summary>
internal static class OidcServices
{
    /// <summary>Name of the check of bearer tokens.</summary>
    public const string Bearer = JwtBearerDefaults.AuthenticationScheme;

    /// <summary>Name of the handshake.</summary>
    public const string Handshake = OpenIdConnectDefaults.AuthenticationScheme;

    private static readonly TimeSpan _clocksDiffer = TimeSpan.FromMinutes(1);

    // Nobody signs with a secret that others know.
    private static readonly string[] _algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    /// <summary>Adds them.</summary>
    /// <param name="services">The server's.</param>
    /// <param name="settings">The provider.</param>
    /// <param name="keys">The server's own keys; the first one is the operator's.</param>
    /// <param name="token">The operator's token.</param>
    public static void AddTo(IServiceCollection services, OidcSettings settings, IReadOnlyList<AccessKey> keys, string token)
    {
        var sealing = new TokenProtector(token, SealedSessions.ContextOf(settings));
        services.AddSingleton(settings);
        services.AddSingleton(new OidcClaims(settings, keys));
        services.AddSingleton(new SealedSessions(sealing, TimeProvider.System));
        services.AddSingleton<OidcProvider>();
        services.AddSingleton<OidcSignIn>();
        services.AddSingleton<OidcBearer>();
        services.AddAuthentication().AddJwtBearer(Bearer, _ => { }).AddOpenIdConnect(Handshake, _ => { });
        services.AddOptions<JwtBearerOptions>(Bearer).Configure<OidcProvider>((options, provider) =>
        {
            options.ConfigurationManager = provider.Configuration;
            options.MapInboundClaims = false;
            options.TokenValidationParameters = Validation(settings.Audience);
            options.Events = new JwtBearerEvents
            {
                OnTokenValidated = context =>
                {
                    context.HttpContext.Items[OidcBearer.Said] = ClaimsOf(((JsonWebToken)context.SecurityToken).EncodedPayload);
                    return Task.CompletedTask;
                },
            };
        });
        services.AddOptions<OpenIdConnectOptions>(Handshake).Configure<OidcProvider, OidcSignIn>((options, provider, signIn) =>
        {
            options.ConfigurationManager = provider.Configuration;
            options.Backchannel = provider.Http;
            options.MapInboundClaims = false;
            options.TokenValidationParameters = Validation(settings.Client);

            // Seals state and nonce, so that any server with the same token may get the answer.
            options.DataProtectionProvider = sealing;
            SetHandshake(options, settings);
            signIn.Listen(options.Events);
        });
    }

    /// <summary>What a token says, as it was written.</summary>
    /// <param name="payload">The middle part of a JWT that was checked.</param>
    public static JsonElement ClaimsOf(string payload) => JsonSerializer.Deserialize<JsonElement>(Base64UrlEncoder.DecodeBytes(payload));

    private static void SetHandshake(OpenIdConnectOptions options, OidcSettings settings)
    {
        options.ClientId = settings.Client;
        options.ClientSecret = settings.Secret;
        options.ResponseType = OpenIdConnectResponseType.Code;

        // A form that another site posts would come without our cookies.
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.UsePkce = true;
        options.Scope.Clear();
        foreach (string scope in settings.Scopes.Prepend("openid").Distinct(StringComparer.Ordinal))
        {
            options.Scope.Add(scope);
        }

        // Some providers tell roles there alone.
        options.GetClaimsFromUserInfoEndpoint = true;
        options.CallbackPath = OidcSignIn.Callback;
        options.RemoteSignOutPath = default;
        options.SignedOutCallbackPath = default;
        options.DisableTelemetry = true;

        // Never used: the session is made here.
        options.SignInScheme = "session";

        // They are wanted on the way back, which begins at the provider.
        options.CorrelationCookie.SameSite = options.NonceCookie.SameSite = SameSiteMode.Lax;
        options.CorrelationCookie.SecurePolicy = options.NonceCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
    }

    private static TokenValidationParameters Validation(string audience) => new()
    {
        ValidAudience = audience,
        ValidAlgorithms = _algorithms,
        ClockSkew = _clocksDiffer,
    };
}
