using System.Net;
using System.Text.Json;
using CalciumSweep.EndToEnd.Cli;
using Xunit;

namespace CalciumSweep.EndToEnd.Server;

/// <summary>Roles, the sign-in page, the audit log, and what every answer tells a browser.</summary>
public sealed class AccessTests : IDisposable
{
    private readonly Sandbox _box = new();

    [Fact]
    public async Task Who_did_what_is_known_after_a_restart_too()
    {
        using (var server = new ServerProcess(_box, "--tokens", "vera:viewer:token-of-a-viewer,otto:operator:token-of-an-operator"))
        {
            using HttpClient otto = server.NewClient("token-of-an-operator"), vera = server.NewClient("token-of-a-viewer");
            string id = JsonDocument.Parse(await (await otto.PostAsync("/api/campaigns", new StringContent(await File.ReadAllTextAsync(_box.WriteSpec()))))
                .Content.ReadAsStringAsync()).RootElement.GetProperty("campaign").GetString()!;
            Assert.Equal(HttpStatusCode.Forbidden, (await vera.PostAsync($"/api/campaigns/{id}/pause", null)).StatusCode);
            Assert.Equal("viewer", (await JsonAsync(vera, "/api/session")).GetProperty("role").GetString());
            server.Kill();
        }

        using var again = new ServerProcess(_box);
        JsonElement[] deeds = [.. (await again.GetAsync("/api/audit")).EnumerateArray()];
        Assert.Contains(deeds, d => Is(d, "otto", "submit", 201));
        Assert.Contains(deeds, d => Is(d, "vera", "pause", 403));
        Assert.StartsWith("started", deeds[0].GetProperty("what").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_tokens_are_taken_ten_times_a_minute()
    {
        using var server = new ServerProcess(_box);
        using HttpClient nobody = server.NewClient(null);
        for (int i = 0; i < 10; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.GetAsync($"/?token=wrong{i}")).StatusCode);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await nobody.GetAsync($"/?token={server.Token}")).StatusCode);

        // Those who are in already are not shut out.
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("/api/campaigns")).StatusCode);
    }

    [Fact]
    public async Task A_sign_in_leads_to_pages_of_this_server_only_and_a_session_is_good_for_its_own_pages_only()
    {
        using var server = new ServerProcess(_box);
        using HttpClient nobody = server.NewClient(null);
        foreach ((string back, string expected) in ((string, string)[])
            [("/workers", "/workers"), ("//elsewhere.example", "/"), ("https://elsewhere.example", "/"), ("/\\elsewhere.example", "/")])
        {
            using var form = new FormUrlEncodedContent([new("token", server.Token), new("return", back)]);
            using HttpResponseMessage entered = await nobody.PostAsync("/sign-in", form);
            Assert.Equal((HttpStatusCode.Redirect, expected), (entered.StatusCode, entered.Headers.Location?.ToString()));
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in");
        request.Headers.Add("Origin", "http://elsewhere.example");
        request.Content = new FormUrlEncodedContent([new("token", server.Token)]);
        Assert.Equal(HttpStatusCode.BadRequest, (await nobody.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task Every_answer_forbids_scripts_of_others_and_frames()
    {
        using var server = new ServerProcess(_box);
        using HttpClient nobody = server.NewClient(null);
        foreach (string path in (string[])["/", "/api/campaigns", "/health/live"])
        {
            using HttpResponseMessage answer = await nobody.GetAsync(path);
            string policy = answer.Headers.GetValues("Content-Security-Policy").Single();
            Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("vera:viewer")]
    [InlineData("vera:admin:token-of-a-viewer")]
    [InlineData("vera:viewer:short")]
    [InlineData("vera:viewer:token-of-a-viewer,vera:viewer:token-of-a-viewer2")]
    public void Keys_of_another_form_are_refused(string tokens)
    {
        Answer answer = _box.Run("up", "--tokens", tokens);
        Assert.Equal(2, answer.ExitCode);
        Assert.DoesNotContain("token-of-a-viewer", answer.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _box.Dispose();

    private static bool Is(JsonElement deed, string who, string what, int status) => deed.GetProperty("who").GetString() == who
        && deed.GetProperty("what").GetString() == what && deed.GetProperty("status").GetInt32() == status;

    private static async Task<JsonElement> JsonAsync(HttpClient client, string path) =>
        JsonDocument.Parse(await client.GetStringAsync(path)).RootElement.Clone();
}
