using System.Text.Json;
using Microsoft.Playwright;
using Xunit;

namespace CalciumSweep.DashboardTests;

/// <summary>A page, and everything that went wrong on it.</summary>
public sealed class BrowserPage
{
    private static readonly string _axe = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Axe", "axe.min.js"));
    private readonly Server _server;
    private readonly List<string> _errors = [];

    public BrowserPage(IPage page, Server server)
    {
        (Page, _server) = (page, server);
        page.Console += (_, said) =>
        {
            if (said.Type == "error")
            {
                _errors.Add(said.Text);
            }
        };
        page.PageError += (_, error) => _errors.Add(error);
        page.Response += (_, response) =>
        {
            if (response.Status >= 400)
            {
                _errors.Add($"{response.Status} {response.Url}");
            }
        };
    }

    public IPage Page { get; }

    /// <summary>What went wrong so far.</summary>
    public IReadOnlyList<string> Errors => _errors;

    /// <summary>Goes to a page and waits until it lives.</summary>
    public async Task GoAsync(string path, string? heading = null)
    {
        await Page.GotoAsync(_server.Url + path);
        await LivesAsync();
        if (heading is not null)
        {
            await Assertions.Expect(Page.Locator("h1")).ToContainTextAsync(heading);
        }
    }

    /// <summary>Loads the page again and waits until it lives.</summary>
    public async Task ReloadAsync()
    {
        await Page.ReloadAsync();
        await LivesAsync();
    }

    /// <summary>Waits until a page answers: before that it is only drawn, and its elements are replaced when it comes alive.</summary>
    public Task<IJSHandle> LivesAsync() => Page.WaitForFunctionAsync("() => document.querySelector('[data-living]')");

    /// <summary>Waits until a diagram was painted.</summary>
    public Task<IJSHandle> PaintedAsync(int times = 1) =>
        Page.WaitForFunctionAsync("n => +(document.querySelector('phase-diagram')?.dataset.painted || 0) >= n", times);

    /// <summary>Keeps a picture of it among the test artefacts.</summary>
    public Task ShootAsync(string name, bool isWhole = false)
    {
        string folder = Path.Combine(Server.Root, "artifacts", "screenshots");
        Directory.CreateDirectory(folder);
        return Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = isWhole });
    }

    /// <summary>Checks it with axe-core: nothing serious or critical.</summary>
    public async Task AssertAccessibleAsync()
    {
        // As a debugger does, past the page's policy, which forbids scripts that are not the server's own.
        await Page.EvaluateAsync(_axe + "; undefined");
        JsonElement found = await Page.EvaluateAsync<JsonElement>(
            "async () => (await axe.run(document, { resultTypes: ['violations'] })).violations.filter(v => v.impact === 'serious' || v.impact === 'critical')"
            + ".map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.target.join(' ') + ' (' + n.failureSummary + ')').join('; '))");
        Assert.Equal("[]", found.GetRawText());
    }

    /// <summary>Nothing went wrong.</summary>
    public void AssertNoErrors() => Assert.Empty(_errors);
}
