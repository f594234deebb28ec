namespace CalciumSweep.Coordinator.Api;

/// <summary>The OpenID Connect provider whose users may come in, and which of them may do what.</summary>
/// <param name="authority">Where it is; https, or http on loopback.</param>
/// <param name="client">The name that it knows this server by.</param>
public sealed class OidcSettings(Uri authority, string client)
{
    /// <summary>The claim that holds the roles if no other one is named.</summary>
    public const string UsualRoleClaim = "roles";

    /// <summary>What a sign-in asks for beside <c>openid</c> if nothing else is said.</summary>
    public static IReadOnlyList<string> UsualScopes { get; } = ["profile", "email"];

    /// <summary>Where it is; https, or http on loopback.</summary>
    public Uri Authority { get; } = authority;

    /// <summary>The name that it knows this server by.</summary>
    public string Client { get; } = client;

    /// <summary>Its name for people: host, and port if it is not the usual one.</summary>
    public string Host => Authority.Authority;

    /// <summary>What this server proves to it that it is that client with; null: the client is a public one.</summary>
    public string? Secret { get; init; }

    /// <summary>Whom a bearer token must be for.</summary>
    public string Audience { get; init; } = client;

    /// <summary>The claim that holds the roles; a name with dots may be a path into nested ones.</summary>
    public string RoleClaim { get; init; } = UsualRoleClaim;

    /// <summary>Values of that claim that make an operator.</summary>
    public IReadOnlyList<string> Operators { get; init; } = [];

    /// <summary>Values of that claim that make a viewer.</summary>
    public IReadOnlyList<string> Viewers { get; init; } = [];

    /// <summary>What a sign-in asks for beside <c>openid</c>.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = UsualScopes;
}
