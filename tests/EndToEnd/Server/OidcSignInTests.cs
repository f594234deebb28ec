using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CalciumSweep.Coordinator.Api;
using CalciumSweep.EndToEnd.Cli;
using Xunit;

namespace CalciumSweep.EndToEnd.Server;

/// <summary>Sign-in with a real provider: the whole way, the session that it gives, and what does not give one.</summary>
public sealed partial class OidcSignInTests : IAsyncLifetime, IDisposable
{
    private const string Token = "a-token-of-the-operators-own";
    private readonly Sandbox _box = new();
    private Provider _provider = null!;

    public async Task InitializeAsync()
    {
        _provider = await Provider.StartAsync();
        _box.Environment["CALCIUMSWEEP_OIDC_SECRET"] = Provider.Secret;
    }

    public async Task DisposeAsync() => await _provider.DisposeAsync();

    public void Dispose() => _box.Dispose();

    [Fact]
    public async Task A_sign_in_gives_a_session_that_outlives_the_server_and_that_others_with_its_token_know()
    {
        using Visitor visitor = new();
        string session;
        using (ServerProcess server = Start())
        {
            HttpResponseMessage page = await visitor.GetAsync($"{server.Url}/workers?x=1");
            Assert.Contains($"Sign in with {new Uri(_provider.Url).Authority}", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            HttpResponseMessage end = await visitor.GetAsync($"{server.Url}/sign-in/oidc?return=%2Fworkers%3Fx%3D1");
            Assert.Equal(HttpStatusCode.OK, end.StatusCode);
            Assert.Equal("/workers?x=1", await NextAsync(end));
            Assert.True(_provider.HadProofKey);
            Assert.Equal($"{server.Url}/sign-in/oidc/callback", _provider.RedirectUri);

            string cookie = end.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("calciumsweep-session=", StringComparison.Ordinal));
            Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("olga", Encoding.UTF8.GetString(Bytes(cookie)), StringComparison.Ordinal);
            session = cookie.Split(';')[0];
            Assert.Equal((200, "olga", "operator"), await WhoAsync(server, session));
            Assert.Equal(401, (await WhoAsync(server, session, "http://elsewhere.example")).Status);
            Assert.Contains("olga", await (await visitor.GetAsync($"{server.Url}/workers")).Content.ReadAsStringAsync(), StringComparison.Ordinal);

            JsonElement deed = (await server.GetAsync("/api/audit?limit=1"))[0];
            Assert.Equal(("olga", "operator", $"sign-in with {new Uri(_provider.Url).Authority}"),
                (deed.GetProperty("who").GetString(), deed.GetProperty("role").GetString(), deed.GetProperty("what").GetString()));
            server.Kill();
        }

        using ServerProcess again = Start();
        Assert.Equal((200, "olga", "operator"), await WhoAsync(again, session));

        using var elsewhere = new Sandbox();
        using (var second = new ServerProcess(elsewhere, ["--token", Token, .. _provider.Options]))
        {
            Assert.Equal((200, "olga", "operator"), await WhoAsync(second, session));
        }

        // Other roles, or another token: it is over.
        using (var changed = new ServerProcess(elsewhere, ["--token", Token, .. _provider.Options.Select(option => option == "sweep-viewers" ? "nobody" : option)]))
        {
            Assert.Equal(401, (await WhoAsync(changed, session)).Status);
        }

        using (var other = new ServerProcess(elsewhere, ["--token", Token + "2", .. _provider.Options]))
        {
            Assert.Equal(401, (await WhoAsync(other, session)).Status);
        }

        using (var without = new ServerProcess(elsewhere, "--token", Token))
        {
            Assert.Equal(401, (await WhoAsync(without, session)).Status);
        }

        using HttpClient leaving = again.NewClient(null);
        using HttpResponseMessage left = await leaving.PostAsync("/sign-out", null);
        Assert.Contains("calciumsweep-session=; expires=Thu, 01 Jan 1970", left.Headers.GetValues("Set-Cookie").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_that_is_over_altered_or_made_up_is_none()
    {
        using ServerProcess server = Start();
        Dictionary<string, string> given = _provider.Options.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        var settings = new OidcSettings(new Uri(given["--oidc-authority"]), given["--oidc-client"])
        {
            Operators = given["--oidc-operators"].Split(','),
            Viewers = given["--oidc-viewers"].Split(','),
        };
        string context = SealedSessions.ContextOf(settings);
        string Session(TimeSpan ago, string token) =>
            $"calciumsweep-session={new SealedSessions(new TokenProtector(token, context), new Shifted(-ago)).Issue("olga", "operator")}";

        string good = Session(TimeSpan.FromHours(11.9), Token);
        Assert.Equal(200, (await WhoAsync(server, good)).Status);
        Assert.Equal(401, (await WhoAsync(server, Session(TimeSpan.FromHours(12.1), Token))).Status);
        Assert.Equal(401, (await WhoAsync(server, Session(TimeSpan.Zero, Token + "2"))).Status);

        // Each byte counts.
        byte[] bytes = Bytes(good);
        for (int i = 0; i < bytes.Length; i++)
        {
            byte[] altered = [.. bytes];
            altered[i] ^= 1;
            Assert.Equal(401, (await WhoAsync(server, $"calciumsweep-session={Microsoft.AspNetCore.WebUtilities.WebEncoders.Base64UrlEncode(altered)}")).Status);
        }

        foreach (string other in (string[])["", "x", "AAAA", new string('A', 200), good.Split('=')[1][..20]])
        {
            Assert.Equal(401, (await WhoAsync(server, $"calciumsweep-session={other}")).Status);
        }

        // What the handshake seals is no session.
        using HttpClient nobody = server.NewClient(null);
        using HttpResponseMessage begun = await nobody.GetAsync("/sign-in/oidc");
        Match state = State().Match(begun.Headers.Location!.Query);
        Assert.True(state.Success);
        Assert.Equal(401, (await WhoAsync(server, $"calciumsweep-session={state.Groups["state"].Value}")).Status);
    }

    [Fact]
    public async Task It_leads_to_pages_of_this_server_only()
    {
        using ServerProcess server = Start();
        using Visitor visitor = new();
        foreach ((string wanted, string got) in ((string, string)[])
            [
                ("/campaigns/a/diagram?x=\"><b>", "/campaigns/a/diagram?x=\"><b>"), ("/campaigns/a/diagram?at=1;2&x=%22%3E", "/campaigns/a/diagram?at=1;2&x=%22%3E"), ("//elsewhere.example", "/"), ("https://elsewhere.example", "/"),
                ("/\\elsewhere.example", "/"), ("/\t/elsewhere.example", "/"), ("\\\\elsewhere.example", "/"), ("/ /elsewhere.example", "/"), ("javascript:alert(1)", "/"),
                ("/\u00a0/elsewhere.example", "/"), ("", "/"), ("/" + new string('a', 3000), "/"),
            ])
        {
            HttpResponseMessage end = await visitor.GetAsync($"{server.Url}/sign-in/oidc?return={Uri.EscapeDataString(wanted)}");
            Assert.Equal(got, await NextAsync(end));
            using HttpClient typed = server.NewClient(null);
            using HttpResponseMessage entered = await typed.PostAsync("/sign-in", new FormUrlEncodedContent([new("token", Token), new("return", wanted)]));
            Assert.Equal((HttpStatusCode.Redirect, got), (entered.StatusCode, entered.Headers.Location!.ToString()));
        }
    }

    [Fact]
    public async Task Who_has_no_role_says_no_or_brings_the_answer_to_another_browser_is_not_let_in()
    {
        using ServerProcess server = Start();
        _provider.User = ("nina", ["others"]);
        await RefusedAsync(server, 403, "nina has no role here: the claim &#x27;roles&#x27; holds no value that makes a viewer or an operator.");
        _provider.User = ("", []);
        await RefusedAsync(server, 401, "did not succeed");

        // The way back, without the cookies of the way there; and with a state of the attacker's own.
        _provider.User = ("olga", ["admins"]);
        using HttpClient attacker = server.NewClient(null), elsewhere = new(new HttpClientHandler { AllowAutoRedirect = false });
        using HttpResponseMessage begun = await attacker.GetAsync("/sign-in/oidc"), sent = await elsewhere.GetAsync(begun.Headers.Location);
        using HttpResponseMessage forged = await attacker.GetAsync(sent.Headers.Location);
        Assert.Equal(HttpStatusCode.Unauthorized, forged.StatusCode);
        Assert.DoesNotContain(forged.Headers, header => header.Key == "Set-Cookie" && header.Value.Any(cookie => cookie.StartsWith("calciumsweep-session", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await attacker.PostAsync("/sign-in/oidc/callback", null)).StatusCode);
        foreach (string query in (string[])["", "?code=x&state=y", "?error=access_denied", "?error=<script>", "?state=y"])
        {
            using HttpResponseMessage answer = await attacker.GetAsync("/sign-in/oidc/callback" + query);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.DoesNotContain("<script", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        // Seven in vain so far.
        for (int i = 7; i < 10; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await attacker.GetAsync("/sign-in/oidc/callback?code=x&state=y")).StatusCode);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await attacker.GetAsync("/sign-in/oidc/callback?code=x&state=y")).StatusCode);
        string[] deeds = [.. (await server.GetAsync("/api/audit")).EnumerateArray().Select(d => $"{d.GetProperty("who")} {d.GetProperty("status")}")];
        Assert.Contains("nina 403", deeds, StringComparer.Ordinal);
        Assert.Contains("unknown 401", deeds, StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_role_that_stands_at_the_userinfo_endpoint_alone_counts()
    {
        using ServerProcess server = Start();
        using Visitor visitor = new();
        (_provider.TellsRolesLater, _provider.User) = (true, ("vera", ["others", "sweep-viewers"]));
        HttpResponseMessage end = await visitor.GetAsync($"{server.Url}/sign-in/oidc");
        Assert.Equal("/", await NextAsync(end));
        string cookie = end.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("calciumsweep-session=", StringComparison.Ordinal));
        Assert.Equal((200, "vera", "viewer"), await WhoAsync(server, cookie.Split(';')[0]));
    }

    [Fact]
    public async Task A_dashboard_of_its_own_hands_the_sign_in_on_also_behind_tls_and_to_any_server()
    {
        // Two servers with one token: one begins the handshake, the other one ends it.
        using var elsewhere = new Sandbox();
        elsewhere.Environment["CALCIUMSWEEP_OIDC_SECRET"] = Provider.Secret;
        using ServerProcess server = Start();
        using var other = new ServerProcess(elsewhere, ["--no-dashboard", "--token", Token, .. _provider.Options]);
        using var front = new ServerProcess(_box, "--role", "dashboard", "--server", server.Url, "--public-url", "https://sweep.example.org");
        using var second = new ServerProcess(_box, "--role", "dashboard", "--server", other.Url, "--public-url", "https://sweep.example.org");

        using HttpClient browser = front.NewClient(null), again = second.NewClient(null), there = new(new HttpClientHandler { AllowAutoRedirect = false });
        browser.DefaultRequestHeaders.Host = again.DefaultRequestHeaders.Host = "sweep.example.org";
        Assert.Contains("Sign in with localhost", await browser.GetStringAsync("/"), StringComparison.Ordinal);
        using HttpResponseMessage begun = await browser.GetAsync("/sign-in/oidc?return=/library"), sent = await there.GetAsync(begun.Headers.Location);
        Assert.StartsWith("https://sweep.example.org/sign-in/oidc/callback?", sent.Headers.Location!.ToString(), StringComparison.Ordinal);
        string[] cookies = [.. begun.Headers.GetValues("Set-Cookie")];
        Assert.All(cookies, cookie => Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase));

        using var back = new HttpRequestMessage(HttpMethod.Get, sent.Headers.Location.PathAndQuery);
        back.Headers.Add("Cookie", cookies.Select(cookie => cookie.Split(';')[0]));
        using HttpResponseMessage end = await again.SendAsync(back);
        Assert.Equal("/library", await NextAsync(end));
        string session = end.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("calciumsweep-session=", StringComparison.Ordinal));
        Assert.Contains("; secure", session, StringComparison.OrdinalIgnoreCase);
        foreach (ServerProcess each in (ServerProcess[])[front, second, server, other])
        {
            Assert.Equal((200, "olga", "operator"), await WhoAsync(each, session.Split(';')[0]));
        }

        // Its pages ask the API in the user's name.
        using var page = new HttpRequestMessage(HttpMethod.Get, "/library");
        page.Headers.Add("Cookie", session.Split(';')[0]);
        using HttpResponseMessage shown = await browser.SendAsync(page);
        Assert.Contains("site-line", await shown.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_stand_in_no_log_and_no_list_of_processes()
    {
        using var server = new ServerProcess(_box, ["--token", Token, "--log-level", "debug", .. _provider.Options]);
        using Visitor visitor = new();
        HttpResponseMessage end = await visitor.GetAsync($"{server.Url}/sign-in/oidc");
        string session = end.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("calciumsweep-session=", StringComparison.Ordinal)).Split(';')[0].Split('=')[1];
        string jwt = _provider.TokenFor("admins");
        using (HttpClient client = server.NewClient(jwt))
        {
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/campaigns")).StatusCode);
            client.DefaultRequestHeaders.Authorization = new("Bearer", jwt[..^8]);
            Assert.Equal(HttpStatusCode.Unauthorized, (await client.PostAsync("/api/campaigns", null)).StatusCode);
        }

        using var elsewhere = new Sandbox();
        elsewhere.Environment["CALCIUMSWEEP_OIDC_SECRET"] = "a-wrong-secret-of-the-client";
        using (var wrong = new ServerProcess(elsewhere, ["--token", Token, "--log-level", "debug", .. _provider.Options]))
        {
            await RefusedAsync(wrong, 401, "did not succeed");
            wrong.Terminate();
            AssertNothingSecret(wrong.Said, session, jwt);
        }

        Assert.DoesNotContain(Provider.Secret, await File.ReadAllTextAsync($"/proc/{server.ProcessId}/cmdline"), StringComparison.Ordinal);
        server.Terminate();
        AssertNothingSecret(server.Said, session, jwt);
        foreach (string file in Directory.EnumerateFiles(_box.Folder, "*", SearchOption.AllDirectories))
        {
            AssertNothingSecret(await File.ReadAllTextAsync(file, Encoding.Latin1), session, jwt);
        }
    }

    private static void AssertNothingSecret(string text, params string[] secrets) =>
        Assert.All([Provider.Secret, "a-wrong-secret-of-the-client", .. secrets], secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));

    private ServerProcess Start() => new(_box, ["--token", Token, .. _provider.Options]);

    private static byte[] Bytes(string cookie) => Microsoft.AspNetCore.WebUtilities.WebEncoders.Base64UrlDecode(cookie.Split(';')[0].Split('=')[1]);

    private static async Task RefusedAsync(ServerProcess server, int status, string sentence)
    {
        using Visitor visitor = new();
        HttpResponseMessage end = await visitor.GetAsync($"{server.Url}/sign-in/oidc");
        string page = await end.Content.ReadAsStringAsync();
        Assert.Equal(status, (int)end.StatusCode);
        Assert.Contains(sentence, page, StringComparison.Ordinal);
        Assert.DoesNotContain("http-equiv", page, StringComparison.Ordinal);
    }

    // Where a page goes on to by itself.
    private static async Task<string> NextAsync(HttpResponseMessage page)
    {
        string text = await page.Content.ReadAsStringAsync();
        Match next = Refresh().Match(text);
        Assert.True(next.Success, text);
        Assert.DoesNotContain("<script", text, StringComparison.Ordinal);
        return WebUtility.HtmlDecode(next.Groups["path"].Value);
    }

    private static async Task<(int Status, string? Name, string? Role)> WhoAsync(ServerProcess server, string cookie, string? origin = null)
    {
        using HttpClient client = server.NewClient(null);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/session");
        request.Headers.Add("Cookie", cookie);
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        using HttpResponseMessage answer = await client.SendAsync(request);
        JsonElement who = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        return answer.IsSuccessStatusCode ? (200, who.GetProperty("name").GetString(), who.GetProperty("role").GetString()) : ((int)answer.StatusCode, null, null);
    }

    [GeneratedRegex(@"http-equiv=""refresh"" content=""0;url=(?<path>[^""]*)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Refresh();

    [GeneratedRegex("[?&]state=(?<state>[^&]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex State();

    /// <summary>A browser that keeps cookies and follows redirects.</summary>
    private sealed class Visitor : IDisposable
    {
        private readonly HttpClient _client = new(new HttpClientHandler { CookieContainer = new CookieContainer() });

        public Task<HttpResponseMessage> GetAsync(string url) => _client.GetAsync(new Uri(url));

        public void Dispose() => _client.Dispose();
    }

    private sealed class Shifted(TimeSpan shift) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UtcNow + shift;
    }
}
