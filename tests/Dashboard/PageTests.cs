using System.Text.Json;
using Microsoft.Playwright;
using Xunit;

namespace CalciumSweep.DashboardTests;

/// <summary>Every page in real Chromium while a campaign runs: it lives, says no error, is accessible, and its picture is kept.</summary>
public sealed class PageTests(ServerWithCampaigns all) : IClassFixture<ServerWithCampaigns>
{
    // Path, a word of its heading, whether it has a diagram, name of the picture.
    public static TheoryData<string, string, bool, string> Pages => new()
    {
        { "/", "Campaigns", false, "campaigns" },
        { "/campaigns/{long}", "long", true, "live" },
        { "/campaigns/{waves}/diagram", "waves-1", true, "diagram" },
        { "/campaigns/{waves}/points/100", "waves-1", false, "point" },
        { "/campaigns/{waves}/failures", "waves-1", false, "failures" },
        { "/new?scenario=site-line", "New campaign", false, "new" },
        { "/library", "Library", false, "library" },
        { "/library/site-line", "site-line", false, "scenario" },
        { "/workers", "Workers", false, "workers" },
        { "/events", "Events", false, "events" },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_lives_says_no_error_and_is_accessible(string path, string heading, bool hasDiagram, string name)
    {
        path = path.Replace("{long}", all.Long, StringComparison.Ordinal).Replace("{waves}", all.Waves, StringComparison.Ordinal);
        foreach ((string suffix, int width, int height, bool isDark) in ((string, int, int, bool)[])
            [("", 1280, 720, false), ("-dark", 1280, 720, true), ("-phone", 390, 844, false)])
        {
            BrowserPage page = await all.Browser.OpenAsync(all.Server, width: width, height: height, isDark: isDark);
            await page.GoAsync(path, heading);
            if (hasDiagram)
            {
                await page.PaintedAsync();
            }

            if (name == "new")
            {
                await Assertions.Expect(page.Page.Locator(".ok")).ToContainTextAsync("my-site-line");
            }

            if (name == "point")
            {
                await page.Page.Locator("calcium-trace[data-drawn]").WaitForAsync();
            }

            // Nothing is wider than the screen.
            Assert.True(await page.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth + 1"));
            await page.AssertAccessibleAsync();
            await page.ShootAsync(name + suffix, isWhole: suffix == "-phone");
            page.AssertNoErrors();
            await page.Page.Context.CloseAsync();
        }
    }

    [Fact]
    public async Task Files_of_the_pages_are_not_empty()
    {
        foreach (string file in (string[])
            [
                "CalciumSweep.Dashboard/blazor.web.js", "CalciumSweep.Dashboard/dashboard.css", "CalciumSweep.Dashboard/diagram.js",
                "CalciumSweep.Dashboard/fonts/inter-latin-wght-normal.woff2", "MudBlazor/MudBlazor.min.css", "MudBlazor/MudBlazor.min.js",
            ])
        {
            Assert.True((await all.Server.Client.GetByteArrayAsync($"/_content/{file}")).Length > 10_000, file);
        }
    }

    [Fact]
    public async Task A_view_is_in_its_address_and_the_tooltip_tells_what_the_api_tells()
    {
        BrowserPage page = await all.Browser.OpenAsync(all.Server);
        await page.GoAsync($"/campaigns/{all.Waves}/diagram");
        await page.PaintedAsync();
        await page.Page.Locator("select").First.SelectOptionAsync("waveSpeed");
        await page.Page.WaitForFunctionAsync("() => location.search.includes('show=waveSpeed')");
        await page.Page.Locator("input[type=range]").FillAsync("0");
        await page.Page.WaitForFunctionAsync("() => location.search.includes('at=buffer.stationary.total')");
        await page.ReloadAsync();
        await page.PaintedAsync();
        Assert.Equal("waveSpeed", await page.Page.Locator("phase-diagram").GetAttributeAsync("show"));

        ILocator diagram = page.Page.Locator("phase-diagram");
        await diagram.FocusAsync();
        await page.Page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(page.Page.Locator(".pd-tip")).ToContainTextAsync("P(wave)");

        // Middle of 13 × 9, the third axis at its first value.
        long index = (((6 * 9) + 4) * 2) + 0;
        double wave = (await all.Server.GetAsync($"/api/campaigns/{all.Waves}/points/{index}")).GetProperty("pWave").GetDouble();
        string tip = await page.Page.Locator(".pd-tip").InnerTextAsync();
        Assert.Contains($"point {index}", tip, StringComparison.Ordinal);
        Assert.Contains(FormattableString.Invariant($"P(wave) = {wave:0.####}"), tip, StringComparison.Ordinal);
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Page.WaitForURLAsync($"**/points/{index}");
        await page.Page.Locator("calcium-trace[data-drawn]").WaitForAsync();
        await Assertions.Expect(page.Page.Locator("calcium-trace")).ToContainTextAsync("bit for bit");
        page.AssertNoErrors();
    }

    [Fact]
    public async Task What_was_done_before_a_page_came_alive_is_not_lost()
    {
        BrowserPage page = await all.Browser.OpenAsync(all.Server);
        using var life = new SemaphoreSlim(0);
        await page.Page.RouteAsync("**/_blazor/negotiate**", async route =>
        {
            await life.WaitAsync();
            life.Release();
            await route.ContinueAsync();
        });
        await page.Page.GotoAsync($"{all.Server.Url}/campaigns/{all.Waves}/diagram?show=pWave");
        await page.PaintedAsync();
        await page.Page.Locator("phase-diagram").FocusAsync();
        await page.Page.Keyboard.PressAsync("ArrowRight");
        Assert.Equal(0, await page.Page.Locator("[data-living]").CountAsync());
        life.Release();
        await page.LivesAsync();
        await Assertions.Expect(page.Page.Locator("phase-diagram")).ToBeFocusedAsync();
        await Assertions.Expect(page.Page.Locator(".pd-tip.pd-on")).ToContainTextAsync("point 117");

        await life.WaitAsync();
        await page.Page.GotoAsync(all.Server.Url + "/new");
        await page.Page.Locator("#spec").FillAsync(Server.Spec("early", 3, 0));
        Assert.Equal(0, await page.Page.Locator("[data-living]").CountAsync());
        life.Release();
        await page.LivesAsync();
        await Assertions.Expect(page.Page.Locator(".ok")).ToContainTextAsync("early");
        await Assertions.Expect(page.Page.Locator("#spec")).ToBeFocusedAsync();
        await Assertions.Expect(page.Page.Locator("#spec")).ToHaveValueAsync(Server.Spec("early", 3, 0));

        // What the address said at first is not gone back to.
        await life.WaitAsync();
        await page.Page.GotoAsync($"{all.Server.Url}/campaigns/{all.Waves}/diagram?show=pWave&zoom=1~2~0.5~1");
        await page.PaintedAsync();
        Assert.Equal(0, await page.Page.Locator("[data-living]").CountAsync());
        life.Release();
        await page.LivesAsync();
        await page.PaintedAsync();
        await page.Page.Locator("phase-diagram").FocusAsync();
        await page.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Page.Locator("phase-diagram")).ToHaveAttributeAsync("zoom", "");
        Assert.DoesNotContain("zoom=", page.Page.Url, StringComparison.Ordinal);
        page.AssertNoErrors();
    }

    [Fact]
    public async Task The_view_is_exported_as_it_is_seen()
    {
        BrowserPage page = await all.Browser.OpenAsync(all.Server);
        await page.GoAsync($"/campaigns/{all.Waves}/diagram?show=pWave");
        await page.PaintedAsync();
        string svg = await DownloadAsync(page, "svg");
        Assert.Contains("sites.spacing [µm]", svg, StringComparison.Ordinal);
        Assert.Contains("data:image/png;base64,", svg, StringComparison.Ordinal);
        string[] rows = (await DownloadAsync(page, "csv")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(1 + (13 * 9), rows.Length);
        Assert.StartsWith("sites.spacing [µm],release.gain [1],", rows[0], StringComparison.Ordinal);
        Assert.StartsWith("PAR1", await DownloadAsync(page, "parquet"), StringComparison.Ordinal);
        Assert.True((await DownloadAsync(page, "png")).Length > 10_000);

        // Zoomed from the middle to a corner: only what is seen.
        LocatorBoundingBoxResult box = (await page.Page.Locator("phase-diagram canvas").BoundingBoxAsync())!;
        await page.Page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
        await page.Page.Mouse.DownAsync();
        await page.Page.Mouse.MoveAsync(box.X + box.Width - 3, box.Y + 3);
        await page.Page.Mouse.UpAsync();
        await Assertions.Expect(page.Page.Locator("a[data-refine]")).ToBeVisibleAsync();
        string[] part = (await DownloadAsync(page, "csv")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(1 + (7 * 5), part.Length);
        Assert.Subset(rows.ToHashSet(StringComparer.Ordinal), part.ToHashSet(StringComparer.Ordinal));
        page.AssertNoErrors();
    }

    [Fact]
    public async Task Two_campaigns_are_compared_and_a_campaign_less_itself_is_nothing()
    {
        BrowserPage page = await all.Browser.OpenAsync(all.Server);
        foreach ((string other, bool isSame) in ((string, bool)[])[(all.OtherWaves, false), (all.Waves, true)])
        {
            await page.GoAsync($"/campaigns/{all.Waves}/diagram?show=pWave&minus={other}");
            await page.PaintedAsync();
            await Assertions.Expect(page.Page.GetByLabel("Minus another campaign")).ToHaveValueAsync(other);
            string[] values = [.. (await DownloadAsync(page, "csv")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(row => row.Split(',')[2])];
            Assert.Equal(isSame, values.All(value => value == "0"));
        }

        await page.GoAsync($"/campaigns/{all.Waves}/diagram?show=pWave&minus={all.OtherWaves}");
        await page.PaintedAsync();
        await page.ShootAsync("difference");
        page.AssertNoErrors();
    }

    [Fact]
    public async Task Errors_of_a_spec_stand_beside_it_and_a_right_one_starts()
    {
        BrowserPage page = await all.Browser.OpenAsync(all.Server);
        await page.GoAsync("/new");
        await page.Page.Locator("#spec").FillAsync(Server.Spec("typo", 3, 0).Replace("parameter: x", "parameter: xx", StringComparison.Ordinal));
        await Assertions.Expect(page.Page.Locator("ol.errors")).ToContainTextAsync("Line 5");
        await page.ShootAsync("new-errors");
        await page.Page.Locator("#spec").FillAsync(Server.Spec("from-the-page", 3, 0));
        await Assertions.Expect(page.Page.Locator(".ok")).ToContainTextAsync("from-the-page");
        await page.ShootAsync("new-preview");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true }).ClickAsync();
        await page.Page.WaitForURLAsync("**/campaigns/from-the-page-*");
        await Assertions.Expect(page.Page.Locator("h1")).ToContainTextAsync("completed");

        page.AssertNoErrors();
    }

    [Fact]
    public async Task A_word_that_was_begun_in_a_spec_is_found_and_put_there()
    {
        BrowserPage page = await all.Browser.OpenAsync(all.Server);
        await page.GoAsync("/new?scenario=site-line", "New campaign");
        JsonElement scenario = await all.Server.GetAsync("/api/scenarios/site-line");
        JsonElement one = scenario.GetProperty("parameters").EnumerateArray().First(p => p.GetProperty("name").GetString()!.Contains('.', StringComparison.Ordinal));
        string name = one.GetProperty("name").GetString()!;
        ILocator spec = page.Page.Locator("#spec"), rows = page.Page.Locator(".words li");
        await Assertions.Expect(rows).ToHaveCountAsync(scenario.GetProperty("parameters").GetArrayLength() + scenario.GetProperty("observables").GetArrayLength());
        await Assertions.Expect(page.Page.Locator(".words")).ToContainTextAsync(one.GetProperty("meaning").GetString()!);

        // Whole words and beginnings: what was begun is not written twice.
        string before = await spec.InputValueAsync();
        await spec.PressAsync("Control+End");
        await spec.PressSequentiallyAsync($"# {name[..^1]}");
        await spec.PressAsync("Control+Space");
        await Assertions.Expect(page.Page.Locator("#words")).ToBeFocusedAsync();
        await Assertions.Expect(rows.First).ToContainTextAsync(name);
        await page.Page.Locator("#words").PressAsync("Enter");
        await Assertions.Expect(spec).ToBeFocusedAsync();
        await Assertions.Expect(spec).ToHaveValueAsync($"{before}# {name}");
        await page.ShootAsync("new-words");
        await page.AssertAccessibleAsync();
        page.AssertNoErrors();
    }

    [Fact]
    public async Task The_time_that_was_spent_goes_on_while_a_campaign_runs()
    {
        BrowserPage page = await all.Browser.OpenAsync(all.Server);
        await page.GoAsync($"/campaigns/{all.Long}");
        ILocator spent = page.Page.Locator("dl dd").Filter(new() { HasText = "of solver cores" });
        await Assertions.Expect(spent).Not.ToHaveTextAsync(await spent.InnerTextAsync());
        await Assertions.Expect(page.Page.Locator("h1")).ToContainTextAsync("running");
        page.AssertNoErrors();
    }

    [Fact]
    public async Task Tags_a_note_and_a_priority_are_given_on_the_page_and_found_in_the_list()
    {
        BrowserPage page = await all.Browser.OpenAsync(all.Server);
        await page.GoAsync($"/campaigns/{all.Long}");
        await page.Page.Locator("#tags").FillAsync("fig-3 #soon");
        await page.Page.Locator("#tags").BlurAsync();
        await page.Page.Locator("#note").FillAsync("the long one");
        await page.Page.Locator("#note").BlurAsync();
        await page.Page.Locator("#priority").SelectOptionAsync("-2");
        await all.Server.UntilAsync($"/api/campaigns/{all.Long}", status =>
            status.TryGetProperty("note", out JsonElement note) && note.GetString() == "the long one"
            && status.TryGetProperty("tags", out JsonElement tags) && tags.GetArrayLength() == 2
            && status.TryGetProperty("priority", out JsonElement priority) && priority.GetInt32() == -2);
        await page.GoAsync("/?q=soon", "Campaigns");
        await Assertions.Expect(page.Page.Locator("tbody tr")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Page.Locator("tbody tr")).ToContainTextAsync("the long one");

        // What many are told in one request is done.
        await page.Page.Locator("tbody input[type=checkbox]").CheckAsync();
        foreach ((string button, string state) in ((string, string)[])[("Pause", "paused"), ("Resume", "running")])
        {
            await page.Page.Locator(".bulk").GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
            await Assertions.Expect(page.Page.Locator("tbody .state")).ToHaveTextAsync(state);
            await Assertions.Expect(page.Page.Locator(".bulk")).ToBeHiddenAsync();
            await page.Page.Locator("tbody input[type=checkbox]").CheckAsync();
        }

        page.AssertNoErrors();
    }

    [Fact]
    public async Task A_viewer_sees_the_pages_but_no_button_that_changes_something()
    {
        BrowserPage page = await all.Browser.OpenAsync(all.Server, Server.ViewerToken);
        await page.GoAsync($"/campaigns/{all.Long}");
        await page.PaintedAsync();
        Assert.Equal(0, await page.Page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).CountAsync());
        await page.GoAsync("/");
        Assert.Equal(0, await page.Page.Locator("input[type=checkbox]").CountAsync());
        page.AssertNoErrors();
    }

    [Fact]
    public async Task Without_a_session_there_is_the_sign_in_page_alone()
    {
        BrowserPage page = await all.Browser.OpenAsync(all.Server);
        await page.GoAsync($"/?token={Server.OperatorToken}", "Campaigns");
        Assert.DoesNotContain("token", page.Page.Url, StringComparison.Ordinal);
        await page.Page.Context.ClearCookiesAsync();
        await page.Page.GotoAsync(all.Server.Url + "/workers");
        await page.AssertAccessibleAsync();
        await page.ShootAsync("sign-in");
        await page.Page.FillAsync("#token", "not the token");
        await page.Page.ClickAsync("text=Sign in");
        await Assertions.Expect(page.Page.Locator("[role=alert]")).ToBeVisibleAsync();
        await page.Page.FillAsync("#token", Server.OperatorToken);
        await page.Page.ClickAsync("text=Sign in");
        await Assertions.Expect(page.Page.Locator("h1")).ToContainTextAsync("Workers");
        await page.LivesAsync();
        Assert.EndsWith("/workers", page.Page.Url, StringComparison.Ordinal);
        BrowserContextCookiesResult cookie = (await page.Page.Context.CookiesAsync()).Single(c => c.Name == "calciumsweep-session");
        Assert.Equal((true, SameSiteAttribute.Strict), (cookie.HttpOnly, cookie.SameSite));
        page.AssertNoErrors();
    }

    private static async Task<string> DownloadAsync(BrowserPage page, string kind)
    {
        IDownload download = await page.Page.RunAndWaitForDownloadAsync(() => page.Page.ClickAsync($"[data-export={kind}]"));
        return await File.ReadAllTextAsync(await download.PathAsync());
    }
}
