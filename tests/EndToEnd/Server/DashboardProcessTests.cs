using System.Net;
using CalciumSweep.EndToEnd.Cli;
using Xunit;

namespace CalciumSweep.EndToEnd.Server;

/// <summary>The dashboard as a process of its own in front of a server, and a server without one.</summary>
public sealed class DashboardProcessTests : IDisposable
{
    private readonly Sandbox _box = new();

    [Fact]
    public async Task It_hands_sign_in_and_api_on_and_keeps_other_sites_out()
    {
        using var server = new ServerProcess(_box);
        using var front = new ServerProcess(_box, "--role", "dashboard", "--server", server.Url);
        using HttpClient nobody = front.NewClient("wrong");
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.GetAsync("/api/campaigns")).StatusCode);

        using HttpResponseMessage entered = await nobody.GetAsync($"/?token={server.Token}");
        string session = entered.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        Assert.Equal(HttpStatusCode.OK, await WithCookieAsync(front, session, HttpMethod.Get, "/api/campaigns", null));
        Assert.Equal(HttpStatusCode.OK, await WithCookieAsync(front, session, HttpMethod.Get, "/", null));
        Assert.Equal(HttpStatusCode.NotFound, await WithCookieAsync(front, session, HttpMethod.Post, "/api/campaigns/none/pause", front.Url));
        Assert.Equal(HttpStatusCode.Unauthorized, await WithCookieAsync(front, session, HttpMethod.Post, "/api/campaigns/none/pause", "http://elsewhere.example"));

        // Events come through while they happen.
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/events");
        request.Headers.Add("Cookie", session);
        using HttpClient reader = front.NewClient(null);
        using HttpResponseMessage events = await reader.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await events.Content.ReadAsStreamAsync());
        Assert.StartsWith("retry:", await lines.ReadLineAsync(), StringComparison.Ordinal);

        server.Kill();
        Assert.Equal(HttpStatusCode.OK, (await nobody.GetAsync("/health/live")).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await nobody.GetAsync("/health/ready")).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await nobody.GetAsync("/api/campaigns")).StatusCode);
    }

    [Fact]
    public async Task Without_a_dashboard_there_is_the_api_alone()
    {
        using var server = new ServerProcess(_box, "--no-dashboard");
        Assert.Contains("/openapi/v1.json", await server.Client.GetStringAsync("/"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Client.GetAsync("/workers")).StatusCode);
    }

    [Fact]
    public void A_dashboard_alone_wants_a_server()
    {
        Answer answer = _box.Run("up", "--role", "dashboard", "--http", "http://127.0.0.1:0");
        Assert.Equal(2, answer.ExitCode);
        Assert.Contains("--server", answer.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _box.Dispose();

    private static async Task<HttpStatusCode> WithCookieAsync(ServerProcess front, string cookie, HttpMethod method, string path, string? origin)
    {
        using HttpClient client = front.NewClient(null);
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Cookie", cookie);
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        using HttpResponseMessage response = await client.SendAsync(request);
        return response.StatusCode;
    }
}
