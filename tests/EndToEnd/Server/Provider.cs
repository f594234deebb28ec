using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace CalciumSweep.EndToEnd.Server;

/// <summary>
/// A real OpenID Connect provider, OpenIddict without a database. Whoever comes is <see cref="User"/>. It answers as <c>localhost</c>: another
/// site than <c>127.0.0.1</c> to a browser.
/// </summary>
public sealed class Provider : IAsyncDisposable
{
    public const string Client = "calciumsweep", Secret = "the-secret-of-the-client";
    private readonly WebApplication _app;

    private Provider(WebApplication app, RSA key)
    {
        _app = app;
        Key = KeyOf(key);
        Url = $"http://localhost:{new Uri(app.Urls.First()).Port}/";
    }

    public string Url { get; }

    /// <summary>What it signs with.</summary>
    public RsaSecurityKey Key { get; }

    /// <summary>Who sits at the browser: name and roles.</summary>
    public (string Name, string[] Roles) User { get; set; } = ("olga", ["sweep-operators"]);

    /// <summary>True if roles stand at the userinfo endpoint alone, not in the ID token.</summary>
    public bool TellsRolesLater { get; set; }

    /// <summary>True if it shows a page of its own first, with a link to go on by, as one does that wants a password.</summary>
    public bool HasPage { get; set; }

    /// <summary>Where the last request for a sign-in wanted to go back to.</summary>
    public string? RedirectUri { get; private set; }

    /// <summary>True if that request came with the proof key of PKCE (S256).</summary>
    public bool HadProofKey { get; private set; }

    /// <summary>Options of a server whose users it has.</summary>
    public string[] Options =>
    [
        "--oidc-authority", Url, "--oidc-client", Client, "--oidc-operators", "sweep-operators,admins", "--oidc-viewers", "sweep-viewers",
        "--oidc-scopes", "profile,roles",
    ];

    public static async Task<Provider> StartAsync(int port = 0, RSA? key = null)
    {
        key ??= RSA.Create(2048);
        Provider? provider = null;
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.Services.AddOpenIddict().AddServer(server =>
        {
            server.EnableDegradedMode();
            server.SetAuthorizationEndpointUris("connect/authorize").SetTokenEndpointUris("connect/token").SetUserInfoEndpointUris("connect/userinfo");
            server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
            server.AddSigningKey(KeyOf(key)).AddEphemeralEncryptionKey().DisableAccessTokenEncryption();
            server.RegisterScopes(Scopes.Profile, Scopes.Roles);
            server.UseAspNetCore().DisableTransportSecurityRequirement();
            server.AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler.UseInlineHandler(context => provider!.CheckAsync(context)));
            server.AddEventHandler<HandleAuthorizationRequestContext>(handler => handler.UseInlineHandler(context => provider!.SignInAsync(context)));
            server.AddEventHandler<HandleUserInfoRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                context.Claims["roles"] = new OpenIddictParameter([.. provider!.User.Roles]);
                return default;
            }));
            server.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                if (context.ClientId != Client || context.ClientSecret != Secret)
                {
                    context.Reject(Errors.InvalidClient);
                }

                return default;
            }));
        });
        WebApplication app = builder.Build();
        app.Use((context, next) =>
        {
            if (!provider!.HasPage || context.Request.Path != "/connect/authorize" || context.Request.Query.ContainsKey("seen"))
            {
                return next(context);
            }

            context.Response.ContentType = "text/html; charset=utf-8";
            string onward = WebUtility.HtmlEncode($"{context.Request.Path}{context.Request.QueryString}&seen=1");
            return context.Response.WriteAsync($"""<!DOCTYPE html><html lang="en"><link rel="icon" href="data:," /><title>Provider</title><a href="{onward}">I am {provider.User.Name}</a></html>""");
        });

        // OpenIddict answers there.
        app.UseAuthentication();
        await app.StartAsync();
        return provider = new Provider(app, key);
    }

    /// <summary>A token as it signs them, for somebody with roles.</summary>
    public string TokenFor(params string[] roles) => Token(_ => { }, roles);

    /// <summary>A token with something else about it.</summary>
    public string Token(Action<SecurityTokenDescriptor> change, params string[] roles)
    {
        DateTime now = DateTime.UtcNow;
        var token = new SecurityTokenDescriptor
        {
            Issuer = Url,
            Audience = Client,
            IssuedAt = now.AddHours(-2),
            NotBefore = now.AddHours(-2),
            Expires = now.AddHours(1),
            Claims = new Dictionary<string, object>(StringComparer.Ordinal) { ["sub"] = "4711", ["preferred_username"] = "jack", ["roles"] = roles },
            SigningCredentials = new SigningCredentials(Key, SecurityAlgorithms.RsaSha256),
        };
        change(token);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(token);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static RsaSecurityKey KeyOf(RSA key) =>
        new(key) { KeyId = Convert.ToHexStringLower(SHA256.HashData(key.ExportRSAPublicKey()))[..16] };

    private ValueTask CheckAsync(ValidateAuthorizationRequestContext context)
    {
        RedirectUri = context.RedirectUri;
        HadProofKey = context.Request.CodeChallengeMethod == CodeChallengeMethods.Sha256 && context.Request.CodeChallenge is { Length: > 40 };
        if (context.ClientId != Client || context.RedirectUri?.EndsWith("/sign-in/oidc/callback", StringComparison.Ordinal) != true)
        {
            context.Reject(Errors.InvalidClient);
        }

        return default;
    }

    private ValueTask SignInAsync(HandleAuthorizationRequestContext context)
    {
        if (User.Name.Length == 0)
        {
            context.Reject(Errors.AccessDenied, "this user said no");
            return default;
        }

        var identity = new ClaimsIdentity("provider");
        identity.AddClaim(new Claim(Claims.Subject, $"id-of-{User.Name}"));
        identity.AddClaim(new Claim(Claims.PreferredUsername, User.Name));
        identity.AddClaims(User.Roles.Select(role => new Claim("roles", role)));
        identity.SetDestinations(claim => claim.Type == "roles" && TellsRolesLater ? [] : [Destinations.IdentityToken]);
        context.Principal = new ClaimsPrincipal(identity).SetScopes(context.Request.GetScopes());
        return default;
    }
}
