using Microsoft.Playwright;
using Xunit;

namespace CalciumSweep.DashboardTests;

/// <summary>What is quarantined: where it is, why, and how it is tried again.</summary>
public sealed class FailurePageTests : OwnServerTests
{
    // Those of 10 and 11 s have some 10¹⁰ events, which no machine does in 0.2 s.
    private const string Spec = """
        name: broken
        scenario: channel-cluster
        set: { channels: 1000, closing.rate: 1000000 }
        axes:
          - { parameter: duration, values: [0.000001, 0.000002, 10, 11] }
          - { parameter: opening.rate, values: [900000, 1000000] }
        limits: { attempts: 1, wallTime: 0.2 s }
        """;

    [Fact]
    public async Task Whatever_went_wrong_can_be_seen_however_much_it_is()
    {
        // More than one answer of the server has; each is given up after a moment.
        string id = await Server.SubmitAsync("""
            name: many
            scenario: channel-cluster
            set: { channels: 1000, opening.rate: 1000000, closing.rate: 1000000 }
            axes:
              - { parameter: duration, from: 10, to: 20, points: 1040 }
            limits: { attempts: 1, wallTime: 0.003 s }
            """);
        await Server.WaitAsync(id);
        BrowserPage page = await Browser.OpenAsync(Server);
        await page.GoAsync($"/campaigns/{id}/failures");
        ILocator rows = page.Page.Locator("tbody .state"), more = page.Page.GetByRole(AriaRole.Button, new() { Name = "Show more" });
        await Assertions.Expect(page.Page.Locator("h2 small").First).ToHaveTextAsync("the first 200 of 1\u202f040");
        foreach (int seen in (int[])[400, 600, 800, 1000, 1040])
        {
            await more.ClickAsync();
            await Assertions.Expect(rows).ToHaveCountAsync(seen);
        }

        await Assertions.Expect(more).ToBeHiddenAsync();
        Assert.Equal(1040, (await page.Page.Locator("tbody td.number a").AllInnerTextsAsync()).Distinct(StringComparer.Ordinal).Count());
        page.AssertNoErrors();
    }

    [Fact]
    public async Task Chosen_quarantined_simulations_are_retried_with_the_keyboard_by_operators_alone()
    {
        string id = await Server.SubmitAsync(Spec), path = $"/campaigns/{id}/failures";
        await Server.WaitAsync(id);
        BrowserPage viewer = await Browser.OpenAsync(Server, DashboardTests.Server.ViewerToken);
        await viewer.GoAsync(path);
        await Assertions.Expect(viewer.Page.Locator("td .state")).ToHaveTextAsync(["quarantined", "quarantined", "quarantined", "quarantined"]);
        Assert.Equal(0, await viewer.Page.Locator("input[type=checkbox], .bulk").CountAsync());

        BrowserPage page = await Browser.OpenAsync(Server);
        await page.GoAsync(path);
        await page.PaintedAsync();
        await Assertions.Expect(page.Page.Locator(".pd-mark")).ToHaveCountAsync(4);
        ILocator retry = page.Page.GetByRole(AriaRole.Button, new() { Name = "Retry selected" }), count = page.Page.Locator(".bulk b");
        await Assertions.Expect(retry).ToBeDisabledAsync();
        await page.AssertAccessibleAsync();

        // One simulation, then every one with its reason.
        await page.Page.GetByLabel("Choose point 5, replicate 0").FocusAsync();
        await page.Page.Keyboard.PressAsync("Space");
        await Assertions.Expect(count).ToHaveTextAsync("1 chosen");
        await RetryAsync(1);
        ILocator reason = page.Page.GetByLabel("Choose all that are quarantined for");
        await reason.FocusAsync();
        await page.Page.Keyboard.PressAsync("Space");
        await Assertions.Expect(count).ToHaveTextAsync("4 chosen");
        await Assertions.Expect(page.Page.GetByLabel("Choose point 7, replicate 0")).ToBeDisabledAsync();
        await page.ShootAsync("failures-chosen");
        await RetryAsync(2);
        page.AssertNoErrors();

        async Task RetryAsync(int times)
        {
            await retry.FocusAsync();
            await page.Page.Keyboard.PressAsync("Enter");
            await Server.UntilAsync("/api/audit", all => all.EnumerateArray().Count(one => one.GetProperty("what").GetString() == "retry") == times);

            // They are as slow as they were: the page lists all of them again.
            await Server.WaitAsync(id);
            await Assertions.Expect(page.Page.Locator("td .state")).ToHaveCountAsync(4);
            await Assertions.Expect(page.Page.Locator("h1 .state")).ToHaveTextAsync("completed");
            await Assertions.Expect(count).ToHaveTextAsync("0 chosen");
            Assert.Equal(4, (await Server.GetAsync($"/api/campaigns/{id}")).GetProperty("quarantined").GetInt32());
        }
    }
}
