using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using Xunit;

namespace CalciumSweep.DashboardTests;

/// <summary>A map of more points than one answer has, begun and paused: what is painted from its tiles is what the API says of its points.</summary>
public sealed class TileTests : OwnServerTests
{
    private const int Columns = 2100, Rows = 2000, Around = 4;

    // More than the columns at the left edge have: some are done that have neighbours on every side.
    private const int Enough = 3 * Around * Rows;

    // The lowest and the highest colour of the map, and nothing.
    private const string Never = "68,1,84,255", Always = "253,231,37,255", NotYet = "0,0,0,0";

    [Fact]
    public async Task A_map_of_tiles_shows_what_the_points_are_from_afar_and_from_near_and_is_moved_with_keys()
    {
        string id = await Server.SubmitAsync($$"""
            name: tiles
            scenario: no-op
            set: { cost: 0.0001 }
            axes:
              - { parameter: x, from: 0, to: {{Columns - 1}}, points: {{Columns}} }
              - { parameter: y, from: 0, to: {{Rows - 1}}, points: {{Rows}} }
            """);
        await Server.UntilAsync($"/api/campaigns/{id}", status => status.GetProperty("done").GetInt64() >= Enough);
        using HttpResponseMessage paused = await Server.Client.PostAsync($"/api/campaigns/{id}/pause", null);
        Assert.True(paused.IsSuccessStatusCode);

        // Nothing is under way any more in a server that was started again.
        Server.Kill();
        Server.StartAgain();
        Dictionary<(int X, int Y), double> known = await KnownAsync(id);
        Assert.InRange(known.Count, 1, Columns * Rows / 2);

        BrowserPage page = await Browser.OpenAsync(Server);
        await page.GoAsync($"/campaigns/{id}/diagram");
        await page.PaintedAsync();
        JsonElement dots = await page.Page.EvaluateAsync<JsonElement>("""
            () => {
              const { level, x, y, width, columns, rows, cells } = document.querySelector('phase-diagram').region, at = [];
              for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) if (cells[r * width + c]) at.push(`${c + x} ${r + y}`);
              return { level, columns, rows, at };
            }
            """);
        int level = dots.GetProperty("level").GetInt32();
        int Dots(int cells) => (cells + (1 << level) - 1) >> level;
        Assert.Equal((Dots(Columns), Dots(Rows)), (dots.GetProperty("columns").GetInt32(), dots.GetProperty("rows").GetInt32()));
        Assert.Equal(
            known.Keys.Select(cell => $"{cell.X >> level} {cell.Y >> level}").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
            dots.GetProperty("at").EnumerateArray().Select(dot => dot.GetString()!).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        await page.ShootAsync("tiles");

        // From near every cell is as large as can be seen, and has the colour of its value.
        (int x, int y) = known.Keys.First(cell => cell.X is > Around and < Columns - Around && cell.Y is > Around and < Rows - Around);
        await page.GoAsync($"/campaigns/{id}/diagram?zoom={x - Around}~{x + Around}~{y - Around}~{y + Around}");
        await page.PaintedAsync();
        string[] colours = await page.Page.EvaluateAsync<string[]>("""
            n => {
              const canvas = document.querySelector('phase-diagram canvas'), context = canvas.getContext('2d'), all = [];
              for (let y = 0; y < n; y++) for (let x = 0; x < n; x++) {
                all.push([...context.getImageData(Math.floor((x + 0.5) / n * canvas.width), Math.floor((1 - (y + 0.5) / n) * canvas.height), 1, 1).data].join());
              }
              return all;
            }
            """, (2 * Around) + 1);
        Assert.Equal(
            Enumerable.Range(y - Around, (2 * Around) + 1).SelectMany(row => Enumerable.Range(x - Around, (2 * Around) + 1)
                .Select(column => known.TryGetValue((column, row), out double p) ? p > 0.5 ? Always : Never : NotYet)), colours, StringComparer.Ordinal);
        await page.ShootAsync("tiles-near");

        // The middle is the first cell that a key goes to, from its neighbour.
        await page.Page.Locator("phase-diagram").FocusAsync();
        await page.Page.Keyboard.PressAsync("ArrowRight");
        JsonElement point = await Server.GetAsync($"/api/campaigns/{id}/points/{(x * (long)Rows) + y}");
        await Assertions.Expect(page.Page.Locator(".pd-tip.pd-on")).ToContainTextAsync(
            string.Create(CultureInfo.InvariantCulture, $"P(wave) = {point.GetProperty("pWave").GetDouble()} "));
        await Assertions.Expect(page.Page.Locator(".pd-tip.pd-on")).ToContainTextAsync($"point {(x * (long)Rows) + y}");
        const int Quarter = ((2 * Around) + 1 + 3) / 4;
        await page.Page.Keyboard.PressAsync("Shift+ArrowUp");
        await Assertions.Expect(page.Page.Locator("phase-diagram")).ToHaveAttributeAsync("zoom", $"{x - Around}~{x + Around}~{y - Around + Quarter}~{y + Around + Quarter}");
        Assert.Contains("zoom=", page.Page.Url, StringComparison.Ordinal);
        await page.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Page.Locator("phase-diagram")).ToHaveAttributeAsync("zoom", "");
        page.AssertNoErrors();
    }

    /// <summary>P(wave) of every point that is done.</summary>
    private async Task<Dictionary<(int X, int Y), double>> KnownAsync(string id)
    {
        string[] rows = (await Server.Client.GetStringAsync($"/api/campaigns/{id}/export?format=csv")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] head = rows[0].TrimEnd('\r').Split(',');
        int wave = Array.IndexOf(head, "p_wave");
        return rows.Skip(1).Select(row => row.Split(',')).ToDictionary(
            row => (int.Parse(row[0], CultureInfo.InvariantCulture), int.Parse(row[1], CultureInfo.InvariantCulture)),
            row => double.Parse(row[wave], CultureInfo.InvariantCulture));
    }
}
