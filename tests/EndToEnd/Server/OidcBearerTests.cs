using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CalciumSweep.EndToEnd.Cli;
using CalciumSweep.Unit;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace CalciumSweep.EndToEnd.Server;

/// <summary>JWTs of a real provider at the API: who is let in as what, and who is not.</summary>
public sealed class OidcBearerTests : IAsyncLifetime, IDisposable
{
    private readonly Sandbox _box = new();
    private Provider _provider = null!;

    public async Task InitializeAsync() => _provider = await Provider.StartAsync();

    public async Task DisposeAsync() => await _provider.DisposeAsync();

    public void Dispose() => _box.Dispose();

    [Fact]
    public async Task A_token_is_taken_if_everything_about_it_is_right()
    {
        using var server = new ServerProcess(_box, _provider.Options);
        Assert.Equal((200, "jack", "operator"), await WhoAsync(server, _provider.TokenFor("others", "admins")));
        Assert.Equal((200, "jack", "operator"), await WhoAsync(server, _provider.TokenFor("sweep-viewers", "sweep-operators")));
        Assert.Equal((200, "jack", "viewer"), await WhoAsync(server, _provider.TokenFor("sweep-viewers")));
        Assert.Equal((200, "jack", "viewer"), await WhoAsync(server, _provider.Token(token => token.Claims["roles"] = "sweep-viewers")));

        // Somebody who calls himself as a token is called is not taken for it.
        string impostor = _provider.Token(token => token.Claims["preferred_username"] = "operator", "sweep-viewers");
        Assert.Equal((200, $"operator (localhost:{new Uri(_provider.Url).Port})", "viewer"), await WhoAsync(server, impostor));
        Assert.Equal((200, "jack@example.org", "viewer"), await WhoAsync(server, _provider.Token(
            token =>
            {
                token.Claims.Remove("preferred_username");
                token.Claims["email"] = "jack@example.org";
            },
            "sweep-viewers")));

        using RSA other = RSA.Create(2048);
        DateTime now = DateTime.UtcNow;
        foreach ((string token, string reason) in ((string, string)[])
            [
                (_provider.Token(t => t.Audience = "another", "admins"), "it is not for calciumsweep"),
                (_provider.Token(t => t.Issuer = "http://localhost:1/", "admins"), "it is not from localhost"),
                (_provider.Token(t => t.Expires = now.AddMinutes(-10), "admins"), "it has expired"),
                (_provider.Token(t => t.NotBefore = now.AddMinutes(10), "admins"), "its time has not come"),
                (_provider.Token(t => t.SigningCredentials = new(new RsaSecurityKey(other), SecurityAlgorithms.RsaSha256), "admins"), "it is not signed by localhost"),
                (_provider.Token(t => t.SigningCredentials = new(new RsaSecurityKey(other) { KeyId = _provider.Key.KeyId }, SecurityAlgorithms.RsaSha256), "admins"), "it is not signed by localhost"),
                (Unsigned(_provider.TokenFor("admins")), "it is not signed by localhost"),
                (Altered(_provider.TokenFor("sweep-viewers")), "it is not signed by localhost"),
                (_provider.Token(t => t.SigningCredentials = new(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(_provider.Key.KeyId.PadRight(32))), SecurityAlgorithms.HmacSha256), "admins"), "it is"),
                ("a.b.c", "it is none of localhost"),
            ])
        {
            (int status, string detail) = await RefusedAsync(server, token);
            Assert.Equal(401, status);
            Assert.StartsWith($"the bearer token is not good: {reason}", detail, StringComparison.Ordinal);
        }

        Assert.Equal((403, "jack has no role here: the claim 'roles' holds no value that makes a viewer or an operator"), await RefusedAsync(server, _provider.TokenFor("others")));
        Assert.Equal(401, (await RefusedAsync(server, "wrong")).Status);
        Assert.Equal((200, "operator", "operator"), await WhoAsync(server, server.Token));
    }

    [Fact]
    public async Task The_audience_and_a_nested_claim_can_be_named()
    {
        using var server = new ServerProcess(_box, [.. _provider.Options, "--oidc-audience", "the-api", "--oidc-role-claim", "realm_access.roles"]);
        Assert.Equal((200, "jack", "operator"), await WhoAsync(server, _provider.Token(token =>
        {
            token.Audience = "the-api";
            token.Claims["realm_access"] = new Dictionary<string, object>(StringComparer.Ordinal) { ["roles"] = (string[])["admins"] };
        })));
        Assert.Equal(403, (await RefusedAsync(server, _provider.Token(token => token.Audience = "the-api", "admins"))).Status);
        Assert.Equal(401, (await RefusedAsync(server, _provider.TokenFor("admins"))).Status);
    }

    [Fact]
    public async Task Who_did_what_is_known_by_the_providers_name_and_a_viewer_changes_nothing()
    {
        using var server = new ServerProcess(_box, _provider.Options);
        using (HttpClient viewer = server.NewClient(_provider.TokenFor("sweep-viewers")), @operator = server.NewClient(_provider.TokenFor("admins")),
            nobody = server.NewClient(_provider.TokenFor("others")))
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await viewer.PostAsync("/api/campaigns", new StringContent("x"))).StatusCode);
            Assert.Equal(HttpStatusCode.Forbidden, (await nobody.PostAsync("/api/campaigns", new StringContent("x"))).StatusCode);
            Assert.Equal(HttpStatusCode.Created, (await @operator.PostAsync("/api/campaigns", new StringContent(await File.ReadAllTextAsync(_box.WriteSpec())))).StatusCode);
        }

        string[] deeds = [.. (await server.GetAsync("/api/audit")).EnumerateArray().Select(d => $"{d.GetProperty("who")} {d.GetProperty("role")} {d.GetProperty("what")} {d.GetProperty("status")}")];
        Assert.Equal(["jack operator submit 201", "jack  submit 403", "jack viewer submit 403"], deeds[..3]);

        // The command line takes one too.
        Answer listed = _box.Run("list", "--server", server.Url, "--token", _provider.TokenFor("sweep-viewers"));
        Assert.Equal(0, listed.ExitCode);
    }

    [Fact]
    public async Task A_new_key_is_learned_when_a_token_names_it_and_known_ones_do_while_the_provider_is_away()
    {
        int port = LocalPort.Free();
        Provider first = await Provider.StartAsync(port);
        using var server = new ServerProcess(_box, first.Options);
        Assert.Equal((200, "jack", "viewer"), await WhoAsync(server, first.TokenFor("sweep-viewers")));
        await first.DisposeAsync();
        Assert.Equal((200, "jack", "viewer"), await WhoAsync(server, first.TokenFor("sweep-viewers")));

        await using Provider second = await Provider.StartAsync(port);
        Assert.Equal((200, "jack", "operator"), await WhoAsync(server, second.TokenFor("admins")));
        Assert.Equal(401, (await RefusedAsync(server, first.TokenFor("admins"))).Status);
    }

    [Fact]
    public async Task A_provider_that_is_away_keeps_nobody_with_a_token_out_and_is_asked_again()
    {
        int port = LocalPort.Free();
        await using (Provider known = await Provider.StartAsync(port))
        {
            _box.Environment["CALCIUMSWEEP_OIDC_AUTHORITY"] = known.Url;
        }

        using var server = new ServerProcess(_box, "--oidc-client", Provider.Client, "--oidc-viewers", "sweep-viewers", "--no-dashboard");
        Assert.Equal((200, "operator", "operator"), await WhoAsync(server, server.Token));
        (int status, string detail) = await RefusedAsync(server, _provider.TokenFor("sweep-viewers"));
        Assert.Equal((503, $"localhost:{port} does not answer, so nobody knows whether its token is good"), (status, detail));
        using (HttpClient nobody = server.NewClient(null))
        {
            using HttpResponseMessage page = await nobody.GetAsync("/sign-in/oidc");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, page.StatusCode);
            Assert.Contains($"localhost:{port} does not answer", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Provider back = await Provider.StartAsync(port);
        string good = back.TokenFor("sweep-viewers");
        await Within.AMinuteAsync(async () => (await WhoAsync(server, good)).Status == 200);

        // Away again, while somebody brings a key that would have to be asked for.
        await back.DisposeAsync();
        Assert.Equal(401, (await RefusedAsync(server, _provider.Token(token => token.Issuer = back.Url, "sweep-viewers"))).Status);
        Assert.Equal((200, "jack", "viewer"), await WhoAsync(server, good));
    }

    private static string Unsigned(string token) =>
        $"{Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""")}.{token.Split('.')[1]}.";

    private static string Altered(string token)
    {
        string[] parts = token.Split('.');
        parts[1] = Base64UrlEncoder.Encode(Base64UrlEncoder.Decode(parts[1]).Replace("sweep-viewers", "sweep-operators", StringComparison.Ordinal));
        return string.Join('.', parts);
    }

    private static async Task<(int Status, string Name, string Role)> WhoAsync(ServerProcess server, string token)
    {
        using HttpClient client = server.NewClient(token);
        using HttpResponseMessage answer = await client.GetAsync("/api/session");
        JsonElement who = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        return answer.IsSuccessStatusCode ? (200, who.GetProperty("name").GetString()!, who.GetProperty("role").GetString()!) : ((int)answer.StatusCode, who.GetProperty("detail").GetString()!, "");
    }

    private static async Task<(int Status, string Detail)> RefusedAsync(ServerProcess server, string token)
    {
        (int status, string detail, _) = await WhoAsync(server, token);
        return (status, detail);
    }
}
