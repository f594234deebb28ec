using System.Globalization;
using System.Net;
using Microsoft.Playwright;
using Xunit;

namespace CalciumSweep.DashboardTests;

/// <summary>Chromium, started once; and what a test does with a page of it.</summary>
public sealed class Browser : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";

    // Makes the pages' own work so many times slower, as on a slow machine.
    private static readonly double _slowdown = double.TryParse(
        Environment.GetEnvironmentVariable("CALCIUMSWEEP_TEST_BROWSER_SLOWDOWN"), CultureInfo.InvariantCulture, out double given) ? given : 1;

    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    public async Task InitializeAsync()
    {
        // A machine that does much else is slow, not wrong.
        Assertions.SetDefaultExpectTimeout(60_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium,
            Args = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
        });
    }

    public async Task DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    /// <summary>A page of its own, signed in with a token, or not yet; its errors are collected.</summary>
    public async Task<BrowserPage> OpenAsync(Server server, string? token = Server.OperatorToken, int width = 1280, int height = 720, bool isDark = false)
    {
        IBrowserContext context = await _browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height } });
        if (isDark)
        {
            await context.AddCookiesAsync([new() { Name = "calciumsweep-theme", Value = "dark", Url = server.Url }]);
        }

        IPage page = await context.NewPageAsync();
        page.SetDefaultTimeout(60_000);
        if (_slowdown > 1)
        {
            ICDPSession session = await context.NewCDPSessionAsync(page);
            await session.SendAsync("Emulation.setCPUThrottlingRate", new Dictionary<string, object>(StringComparer.Ordinal) { ["rate"] = _slowdown });
        }

        var opened = new BrowserPage(page, server);

        if (token is null)
        {
            return opened;
        }

        // Gets the cookie without a page: one that is left while it comes alive leaves an error of the browser's own behind.
        IAPIResponse signedIn = await context.APIRequest.GetAsync($"{server.Url}/?token={token}", new() { MaxRedirects = 0 });
        Assert.Equal((int)HttpStatusCode.Redirect, signedIn.Status);
        return opened;
    }
}
