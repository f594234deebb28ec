using System.Net;
using System.Text.Json;
using Xunit;

namespace CalciumSweep.EndToEnd.Server;

/// <summary>Every endpoint with no token, a wrong one, a viewer's, and an operator's; and with a provider's JWT for a viewer, an operator, and of another provider.</summary>
public sealed class TokenTests(CampaignWithProvider done) : IClassFixture<CampaignWithProvider>
{
    // Method, path, and the status with the right token.
    private static readonly (string Method, string Path, int Status)[] _endpoints =
    [
        ("GET", "/api/campaigns", 200), ("POST", "/api/campaigns", 422), ("GET", "/api/campaigns/{id}", 200),
        ("DELETE", "/api/campaigns/nothing", 404), ("POST", "/api/campaigns/{id}/pause", 200),
        ("POST", "/api/campaigns/{id}/resume", 200), ("POST", "/api/campaigns/{id}/cancel", 200),
        ("POST", "/api/campaigns/{id}/retry", 200), ("GET", "/api/campaigns/{id}/diagram", 200),
        ("GET", "/api/campaigns/{id}/points/0", 200), ("GET", "/api/campaigns/{id}/failures", 200),
        ("GET", "/api/campaigns/{id}/export", 200), ("GET", "/api/campaigns/{id}/spec", 200),
        ("GET", "/api/campaigns/{id}/events", 200), ("GET", "/api/events", 200), ("GET", "/api/workers", 200),
        ("GET", "/api/scenarios", 200), ("GET", "/api/scenarios/no-op", 200), ("GET", "/api/nothing", 404),
        ("GET", "/api/scenarios/no-op/template", 200), ("GET", "/api/scenarios/no-op/mechanisms", 200), ("GET", "/api/mechanisms", 200),
        ("POST", "/api/campaigns/bulk", 400), ("PUT", "/api/campaigns/{id}/label", 400), ("PUT", "/api/campaigns/{id}/priority", 400),
        ("POST", "/api/workers/nobody/drain", 404), ("GET", "/api/campaigns/{id}/plan", 200), ("GET", "/api/campaigns/{id}/diagram/boundary", 200),
        ("GET", "/api/campaigns/{id}/diagram/table", 200),
        ("GET", "/api/campaigns/{id}/diagram/tiles/0/0/0", 200), ("GET", "/api/campaigns/{id}/thumbnail", 200),
        ("GET", "/api/campaigns/{id}/points/0/trace", 200), ("POST", "/api/validate", 422), ("GET", "/api/session", 200), ("GET", "/api/audit", 200),
    ];

    private static readonly string[] _open = ["/health/live", "/health/ready", "/health/startup", "/openapi/v1.json", "/sign-in/ways", "/"];

    public static TheoryData<string, string, int> Endpoints
    {
        get
        {
            var data = new TheoryData<string, string, int>();
            foreach ((string method, string path, int status) in _endpoints)
            {
                data.Add(method, path, status);
            }

            return data;
        }
    }

    public static TheoryData<string> Open => [.. _open];

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task An_endpoint_is_there_for_the_right_token_alone(string method, string path, int status)
    {
        path = path.Replace("{id}", done.Id, StringComparison.Ordinal);
        string token = done.Server.Token;
        foreach (string? wrong in (string?[])[null, "wrong", token[..^1], token + "0", token.ToUpperInvariant(), done.ForeignJwt])
        {
            using HttpResponseMessage refused = await SendAsync(wrong, method, path);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
            Assert.Equal("Bearer", refused.Headers.WwwAuthenticate.Single().Scheme);
            await AssertProblemAsync(refused, 401);
        }

        // A viewer sees everything and changes nothing; to check a spec changes nothing.
        bool isChange = method != "GET" && path != "/api/validate";
        foreach (string viewer in (string[])[DoneCampaign.ViewerToken, done.ViewerJwt])
        {
            using HttpResponseMessage seen = await SendAsync(viewer, method, path);
            Assert.Equal(isChange ? 403 : status, (int)seen.StatusCode);
            if (isChange)
            {
                await AssertProblemAsync(seen, 403);
            }
        }

        using HttpResponseMessage roleless = await SendAsync(done.NobodysJwt, method, path);
        Assert.Equal(HttpStatusCode.Forbidden, roleless.StatusCode);
        await AssertProblemAsync(roleless, 403);
        foreach (string @operator in (string[])[token, done.OperatorJwt])
        {
            using HttpResponseMessage answer = await SendAsync(@operator, method, path);
            Assert.Equal(status, (int)answer.StatusCode);
        }
    }

    [Theory]
    [MemberData(nameof(Open))]
    public async Task Health_description_and_front_page_want_no_token(string path)
    {
        using HttpResponseMessage answer = await SendAsync(null, "GET", path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.NotEmpty(await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Every_endpoint_that_is_described_is_tried_here()
    {
        JsonElement description = await done.Server.GetAsync("/openapi/v1.json");
        foreach (JsonProperty path in description.GetProperty("paths").EnumerateObject())
        {
            foreach (JsonProperty operation in path.Value.EnumerateObject())
            {
                bool isOpen = _open.Contains(path.Name, StringComparer.Ordinal);
                Assert.True(isOpen || _endpoints.Any(e => IsSame(e, operation.Name, path.Name)), $"{operation.Name} {path.Name}");
                Assert.Equal(isOpen, !operation.Value.TryGetProperty("security", out _));
            }
        }
    }

    [Fact]
    public async Task The_address_with_the_token_gives_a_cookie_that_scripts_and_other_sites_do_not_get()
    {
        using HttpResponseMessage wrong = await SendAsync(null, "GET", "/?token=wrong");
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.False(wrong.Headers.Contains("Set-Cookie"));

        using HttpResponseMessage entered = await SendAsync(null, "GET", $"/?token={done.Server.Token}");
        Assert.Equal((HttpStatusCode.Redirect, "/"), (entered.StatusCode, entered.Headers.Location!.ToString()));
        string cookie = entered.Headers.GetValues("Set-Cookie").Single();
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(done.Server.Token, cookie, StringComparison.Ordinal);

        string session = cookie.Split(';')[0];
        Assert.Equal(200, await WithCookieAsync(session, "GET", "/api/campaigns", null));
        Assert.Equal(401, await WithCookieAsync(session + "0", "GET", "/api/campaigns", null));
        string pause = $"/api/campaigns/{done.Id}/pause";
        Assert.Equal(200, await WithCookieAsync(session, "POST", pause, done.Server.Url));
        Assert.Equal(401, await WithCookieAsync(session, "POST", pause, "http://elsewhere.example"));
    }

    private static bool IsSame((string Method, string Path, int Status) endpoint, string method, string path)
    {
        string[] a = endpoint.Path.Split('/'), b = path.TrimEnd('/').Split('/');
        return string.Equals(endpoint.Method, method, StringComparison.OrdinalIgnoreCase) && a.Length == b.Length
            && a.Zip(b, (tried, described) => tried == described || described.StartsWith('{')).All(same => same);
    }

    private static async Task AssertProblemAsync(HttpResponseMessage response, int status)
    {
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        JsonElement problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
    }

    private async Task<HttpResponseMessage> SendAsync(string? token, string method, string path)
    {
        using HttpClient client = done.Server.NewClient(token);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private async Task<int> WithCookieAsync(string cookie, string method, string path, string? origin)
    {
        using HttpClient client = done.Server.NewClient(null);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add("Cookie", cookie);
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        using HttpResponseMessage response = await client.SendAsync(request);
        return (int)response.StatusCode;
    }
}
