using System.CommandLine;
using CalciumSweep.Coordinator.Api;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>The options that let users of an OpenID Connect provider in.</summary>
public sealed class OidcOptions
{
    private readonly Option<string?> _authority = New("--oidc-authority", "URL", "OpenID Connect provider whose users may sign in");
    private readonly Option<string?> _client = New("--oidc-client", "ID", "The name that the provider knows this server by; its secret in CALCIUMSWEEP_OIDC_SECRET");
    private readonly Option<string?> _audience = New("--oidc-audience", "NAME", "Whom a bearer JWT must be for; without it the client");
    private readonly Option<string?> _roleClaim = New("--oidc-role-claim", "NAME", $"Claim with the roles ({OidcSettings.UsualRoleClaim}); dots lead into nested ones: realm_access.roles");
    private readonly Option<string?> _operators = New("--oidc-operators", "VALUE,…", "Values of that claim that make an operator");
    private readonly Option<string?> _viewers = New("--oidc-viewers", "VALUE,…", "Values of that claim that make a viewer");
    private readonly Option<string?> _scopes = New("--oidc-scopes", "NAME,…", $"What a sign-in asks for beside openid ({string.Join(',', OidcSettings.UsualScopes)})");

    private Option<string?>[] All => [_authority, _client, _audience, _roleClaim, _operators, _viewers, _scopes];

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option<string?> option in All)
        {
            command.Add(option);
        }
    }

    /// <summary>What was asked for; null if there is no provider.</summary>
    /// <exception cref="CommandException">A value makes no sense, or one is missing.</exception>
    public OidcSettings? Settings(ParseResult parsed)
    {
        if (parsed.GetValue(_authority) is not { } address)
        {
            return All.FirstOrDefault(option => parsed.GetValue(option) is not null) is { } other
                ? throw new CommandException($"{other.Name} says who may come from a provider, and none is named", "--oidc-authority names it")
                : null;
        }

        Uri authority = Authority(address);
        string client = parsed.GetValue(_client)
            ?? throw new CommandException("--oidc-authority wants --oidc-client", "the name that this server is registered by at the provider");
        var settings = new OidcSettings(authority, client)
        {
            Secret = CommonOptions.SecretOfEnvironment("oidc-secret"),
            Audience = parsed.GetValue(_audience) ?? client,
            RoleClaim = parsed.GetValue(_roleClaim) ?? OidcSettings.UsualRoleClaim,
            Operators = List(parsed.GetValue(_operators)),
            Viewers = List(parsed.GetValue(_viewers)),
            Scopes = parsed.GetValue(_scopes) is { } scopes ? List(scopes) : OidcSettings.UsualScopes,
        };
        return settings.Operators.Count + settings.Viewers.Count > 0 ? settings : throw new CommandException(
            "--oidc-authority: nobody of that provider would have a role",
            $"--oidc-operators and --oidc-viewers name values of the claim '{settings.RoleClaim}'");
    }

    private static Uri Authority(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? url) || url.Scheme is not ("http" or "https")
            || url.UserInfo.Length > 0 || url.Query.Length > 0 || url.Fragment.Length > 0)
        {
            throw new CommandException($"--oidc-authority {text}: an address is https://NAME/PATH", "e.g. --oidc-authority https://login.example.org/realms/lab");
        }

        return url.Scheme == "https" || ListenAddress.IsLoopback(url.Host) ? url : throw new CommandException(
            $"--oidc-authority {text}: what comes without TLS may be anybody's keys", "https://, or a provider on 127.0.0.1");
    }

    private static string[] List(string? text) => text?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static Option<string?> New(string name, string value, string description) => new(name)
    {
        Description = description,
        HelpName = value,
        DefaultValueFactory = _ => CommonOptions.Setting(name[2..]),
    };
}
