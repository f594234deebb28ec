using CalciumSweep.EndToEnd.Server;
using Microsoft.Playwright;
using Xunit;

namespace CalciumSweep.DashboardTests;

/// <summary>Sign-in with a provider in real Chromium, to which the provider is another site.</summary>
public sealed class SignInTests : IAsyncLifetime, IDisposable
{
    private readonly Browser _browser = new();
    private Provider _provider = null!;
    private Server? _server;

    public async Task InitializeAsync()
    {
        _provider = await Provider.StartAsync();
        _server = new Server([("CALCIUMSWEEP_OIDC_SECRET", Provider.Secret)], _provider.Options);
        await _browser.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await _browser.DisposeAsync();
        await _provider.DisposeAsync();
    }

    public void Dispose() => _server?.Dispose();

    [Fact]
    public async Task Sign_in_with_the_provider_ends_on_the_page_that_was_asked_for_with_the_role_of_the_claim()
    {
        Server server = _server!;

        // The way back then begins at another site.
        _provider.HasPage = true;
        foreach ((string name, string role, string shown, bool isDark) in ((string, string, string, bool)[])
            [("olga", "sweep-operators", "operator", false), ("vera", "sweep-viewers", "viewer: looks, changes nothing", true)])
        {
            _provider.User = (name, [role]);
            BrowserPage page = await _browser.OpenAsync(server, token: null, isDark: isDark);
            await page.Page.GotoAsync($"{server.Url}/workers?sort=name");
            await page.AssertAccessibleAsync();
            await page.ShootAsync(isDark ? "sign-in-dark" : "sign-in");
            await page.Page.GetByRole(AriaRole.Link, new() { Name = $"Sign in with {new Uri(_provider.Url).Authority}" }).ClickAsync();
            await page.Page.GetByRole(AriaRole.Link, new() { Name = $"I am {name}" }).ClickAsync();
            await page.LivesAsync();
            Assert.Equal($"{server.Url}/workers?sort=name", page.Page.Url);
            await Assertions.Expect(page.Page.Locator("h1")).ToContainTextAsync("Workers");
            await Assertions.Expect(page.Page.Locator(".who")).ToContainTextAsync(name);
            await Assertions.Expect(page.Page.Locator(".who")).ToContainTextAsync(shown);

            // The pages' own requests go in this name, also after a reload.
            await page.GoAsync("/events", "Events");
            await Assertions.Expect(page.Page.Locator("main")).ToContainTextAsync($"sign-in with {new Uri(_provider.Url).Authority}");
            page.AssertNoErrors();

            await page.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
            await Assertions.Expect(page.Page.GetByLabel("Token")).ToBeVisibleAsync();
            await page.Page.Context.CloseAsync();
        }

        _provider.HasPage = false;
        _provider.User = ("nina", ["others"]);
        BrowserPage refused = await _browser.OpenAsync(server, token: null);
        await refused.Page.GotoAsync($"{server.Url}/sign-in/oidc");
        await Assertions.Expect(refused.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("nina has no role here");
        await refused.AssertAccessibleAsync();
        await refused.ShootAsync("sign-in-refused");
    }
}
