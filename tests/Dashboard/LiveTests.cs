using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using Xunit;

namespace CalciumSweep.DashboardTests;

/// <summary>A campaign that is watched while it runs, and a server that is killed under the eyes of a user.</summary>
public sealed class LiveTests : OwnServerTests
{
    private const int Step = 250;
    private static readonly NumberFormatInfo _thin = new() { NumberGroupSeparator = "\u202f" };

    [Fact]
    public async Task The_diagram_fills_in_and_ends_with_what_is_stored()
    {
        // 1,600 simulations on one core take 8 s, and longer than the page takes to come several times.
        BrowserPage page = await Browser.OpenAsync(Server);
        long start = Stopwatch.GetTimestamp();
        await page.GoAsync("/", "Campaigns");
        double cost = Math.Max(0.005, 4 * Stopwatch.GetElapsedTime(start).TotalSeconds / 1600);
        string campaign = await Server.SubmitAsync(DashboardTests.Server.Spec("filling", 40, cost));
        await page.GoAsync($"/campaigns/{campaign}");
        await page.PaintedAsync();
        var shares = new HashSet<string>(StringComparer.Ordinal);
        var paints = new HashSet<string>(StringComparer.Ordinal);
        while (await page.Page.Locator("h1 .state").InnerTextAsync() == "running")
        {
            shares.Add(await page.Page.Locator(".big b").InnerTextAsync());
            paints.Add(await page.Page.Locator("phase-diagram").GetAttributeAsync("data-painted") ?? "");
            if (paints.Count == 4)
            {
                await page.ShootAsync("filling");
            }

            await Task.Delay(100);
        }

        // It was seen on the way, several times.
        Assert.True(shares.Count >= 3 && paints.Count >= 3, $"{shares.Count} shares, {paints.Count} paints");
        JsonElement status = await Server.WaitAsync(campaign);
        long waves = status.GetProperty("outcomes").GetProperty("wave").GetInt64();
        await Assertions.Expect(page.Page.Locator(".tally tr", new() { HasText = "wave" }).Locator("td").First)
            .ToHaveTextAsync(waves.ToString("N0", _thin));

        // One replicate a point: as many cells are waves as there are waves, and none is missing.
        await page.Page.WaitForFunctionAsync("() => !document.querySelector('.pd-legend').innerText.includes('not yet')");
        await Assertions.Expect(page.Page.Locator(".pd-key", new() { HasText = "wave" }).Locator("b")).ToHaveTextAsync(waves.ToString("N0", _thin));
        await Assertions.Expect(page.Page.Locator(".big b")).ToHaveTextAsync("100\u00a0%");
        page.AssertNoErrors();
    }

    [Fact]
    public async Task A_tab_that_nobody_looks_at_leaves_its_stream_to_others_and_takes_it_up_again()
    {
        string campaign = await Server.SubmitAsync(DashboardTests.Server.Spec("hidden", 60, 0.02, 20));
        BrowserPage page = await Browser.OpenAsync(Server);
        await page.Page.Clock.InstallAsync();
        Task<IRequest> opened = Stream();
        await page.GoAsync($"/campaigns/{campaign}");
        await page.PaintedAsync(2);
        IRequest first = await opened;
        var left = new TaskCompletionSource();
        page.Page.RequestFailed += (_, request) => { if (request == first) { left.TrySetResult(); } };
        page.Page.RequestFinished += (_, request) => { if (request == first) { left.TrySetResult(); } };

        // A look away for a moment ends nothing.
        await LookAsync(isHidden: true);
        await page.Page.Clock.RunForAsync(4000);
        await LookAsync(isHidden: false);
        await page.Page.Clock.RunForAsync(4000);
        Assert.False(left.Task.IsCompleted);

        await LookAsync(isHidden: true);
        await page.Page.Clock.RunForAsync(6000);
        await left.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await Assertions.Expect(page.Page.Locator("#stale")).ToBeHiddenAsync();

        Task<IRequest> again = Stream();
        int painted = int.Parse(await page.Page.Locator("phase-diagram").GetAttributeAsync("data-painted") ?? "", CultureInfo.InvariantCulture);
        await LookAsync(isHidden: false);
        await again;
        await page.PaintedAsync(painted + 1);
        page.AssertNoErrors();

        Task<IRequest> Stream() => page.Page.WaitForRequestAsync(request => request.Url.EndsWith("/api/events", StringComparison.Ordinal));
        Task LookAsync(bool isHidden) => page.Page.EvaluateAsync(
            "is => { Object.defineProperty(document, 'hidden', { configurable: true, get: () => is }); document.dispatchEvent(new Event('visibilitychange')); }", isHidden);
    }

    [Fact]
    public async Task AServer_that_is_killed_is_called_stale_and_found_again_by_the_page_itself()
    {
        string campaign = await Server.SubmitAsync(DashboardTests.Server.Spec("watched", 60, 0.02, 20));
        BrowserPage page = await Browser.OpenAsync(Server);
        await page.Page.Clock.InstallAsync();
        await page.GoAsync($"/campaigns/{campaign}");
        await page.PaintedAsync(2);
        Server.Kill();
        await Assertions.Expect(page.Page.Locator("#stale")).ToContainTextAsync("Stale since");
        await page.ShootAsync("stale");

        // Within two seconds, by the page's own clock, both its circuit and its stream try again: however slow the machine is, whoever
        // tries so often is back two seconds after the server is.
        double now = await page.Page.EvaluateAsync<double>("() => Date.now()");
        await page.Page.Clock.PauseAtAsync(DateTime.UnixEpoch.AddMilliseconds(now + 5000));
        int quickest = int.MaxValue;
        for (int i = 0; i < 4; i++)
        {
            Task both = Task.WhenAll(Tried("/_blazor"), Tried("/api/events"));
            int passed = 0;
            for (; !both.IsCompleted; passed += Step)
            {
                // A try that is under way fails in the machine's time, not in the page's.
                await page.Page.Clock.RunForAsync(Step);
                await Task.WhenAny(both, Task.Delay(Step));
            }

            await both;
            quickest = Math.Min(quickest, passed);
        }

        Assert.InRange(quickest, 0, 2000);
        await page.Page.Clock.ResumeAsync();

        Server.StartAgain();
        await Assertions.Expect(page.Page.Locator("#stale")).ToBeHiddenAsync();
        await page.Page.WaitForFunctionAsync("() => document.querySelector('[data-living]') && +(document.querySelector('phase-diagram')?.dataset.painted || 0) >= 2");
        await Server.Client.PostAsync($"/api/campaigns/{campaign}/cancel", null);
        await Assertions.Expect(page.Page.Locator("h1 .state")).ToHaveTextAsync("cancelled");

        Task<IRequest> Tried(string path) => page.Page.WaitForRequestAsync(request => request.Url.Contains(path, StringComparison.Ordinal));
    }
}
