using System.Globalization;
using System.Net;
using CalciumSweep.EndToEnd.Cli;
using CalciumSweep.StoreTests;
using CalciumSweep.Unit;
using Xunit;

namespace CalciumSweep.EndToEnd.Server;

/// <summary>What who runs it on a cluster wants: tokens from files, TLS in front, a migration of its own, a number to expect.</summary>
public sealed class AdministrationTests : IDisposable
{
    private readonly Sandbox _box = new();

    [Fact]
    public void A_token_is_read_from_the_file_that_is_named()
    {
        using var server = new ServerProcess(_box);
        using var elsewhere = new Sandbox();
        string[] list = ["list", "--server", server.Url, "--json"];
        Assert.Equal(0, With(elsewhere.Write("right", server.Token + "\n")).ExitCode);
        Assert.NotEqual(0, With(elsewhere.Write("wrong", "swordfish")).ExitCode);
        Answer missing = With(Path.Combine(elsewhere.Folder, "missing"));
        Assert.Equal(2, missing.ExitCode);
        Assert.Contains("CALCIUMSWEEP_TOKEN_FILE", missing.Json.GetProperty("errors")[0].GetProperty("message").GetString(), StringComparison.Ordinal);

        Answer With(string file) => Sandbox.Finish(elsewhere.Start(list, [("CALCIUMSWEEP_TOKEN_FILE", file)]));
    }

    [Fact]
    public async Task Behind_a_proxy_with_TLS_its_pages_are_its_own_and_cookies_are_for_TLS_only()
    {
        using var server = new ServerProcess(_box);
        using var front = new ServerProcess(_box, "--role", "dashboard", "--server", server.Url, "--public-url", "https://sweep.example.org");
        using HttpClient browser = front.NewClient(null);
        browser.DefaultRequestHeaders.Host = "sweep.example.org";
        using HttpResponseMessage entered = await browser.GetAsync($"/?token={server.Token}");
        string cookie = entered.Headers.GetValues("Set-Cookie").Single();
        Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.NotFound, await PauseAsync("https://sweep.example.org"));
        Assert.Equal(HttpStatusCode.Unauthorized, await PauseAsync("http://sweep.example.org"));
        Assert.Equal(HttpStatusCode.Unauthorized, await PauseAsync("https://elsewhere.example.org"));

        async Task<HttpStatusCode> PauseAsync(string origin)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/campaigns/none/pause");
            request.Headers.Add("Cookie", cookie.Split(';')[0]);
            request.Headers.Add("Origin", origin);
            using HttpResponseMessage response = await browser.SendAsync(request);
            return response.StatusCode;
        }
    }

    [Fact]
    public void Watch_fails_unless_the_expected_number_is_done()
    {
        Assert.Equal(0, _box.Run("run", _box.WriteSpec(), "--json").ExitCode);
        Assert.Equal(0, _box.Run("watch", "diagonal", "--expect", "192").ExitCode);
        Answer other = _box.Run("watch", "diagonal", "--expect", "191");
        Assert.Equal(1, other.ExitCode);
        Assert.Contains("192 simulations done, expected are 191", other.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_is_migrated_before_nodes_start_and_tells_an_autoscaler_what_is_pending()
    {
        using var database = new PostgresServer();
        string schema = PostgresServer.NewSchema(), store = database.Url(schema);
        string query = File.ReadAllText(Repository.PathOf("helm", "calciumsweep", "files", "pending.sql"))
            .Replace("{{ .Values.database.schema }}", schema, StringComparison.Ordinal);
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal("postgresql", _box.Run("migrate", "--store", store, "--json").Json.GetProperty("store").GetString());
            Assert.Equal(0, Pending());
        }

        // Nobody is there who would simulate.
        using var coordinator = new ServerProcess(_box, "--role", "coordinator", "--store", store);
        Assert.Equal(0, _box.Run("submit", _box.WriteSpec(), "--server", coordinator.Url, "--token", coordinator.Token).ExitCode);
        Assert.Equal(192, Pending());
        Assert.Equal(0, _box.Run("pause", "diagonal", "--server", coordinator.Url, "--token", coordinator.Token).ExitCode);
        Assert.Equal(0, Pending());

        long Pending() => Convert.ToInt64(database.Sql(query), CultureInfo.InvariantCulture);
    }

    public void Dispose() => _box.Dispose();
}
