// How long it takes from opening a page of a campaign until its diagram is painted, in Chromium without a cache.
//   calciumsweep up --http http://127.0.0.1:8260 &
//   dotnet run -c Release --project benchmarks/FirstPaint -- URL TOKEN CAMPAIGN [OPENINGS 5]
using System.Globalization;
using Microsoft.Playwright;

if (args.Length < 3)
{
    Console.Error.WriteLine("URL TOKEN CAMPAIGN [OPENINGS]");
    return 2;
}

(string url, string token, string campaign) = (args[0].TrimEnd('/'), args[1], args[2]);
int openings = args.Length > 3 ? int.Parse(args[3], CultureInfo.InvariantCulture) : 5;
using IPlaywright playwright = await Playwright.CreateAsync();
await using IBrowser browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium" });
foreach ((string name, string path) in ((string, string)[])[("live", ""), ("phase diagram", "/diagram")])
{
    var times = new List<double>();
    for (int i = 0; i <= openings; i++)
    {
        await using IBrowserContext context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1280, Height = 720 } });
        await context.APIRequest.GetAsync($"{url}/?token={token}", new() { MaxRedirects = 0 });
        IPage page = await context.NewPageAsync();
        await page.GotoAsync($"{url}/campaigns/{campaign}{path}", new() { WaitUntil = WaitUntilState.Commit });
        await page.WaitForFunctionAsync("() => document.querySelector('phase-diagram')?.dataset.first");
        times.Add(double.Parse(await page.Locator("phase-diagram").GetAttributeAsync("data-first") ?? "", CultureInfo.InvariantCulture));
    }

    // The first one is also the server's first.
    double[] later = [.. times.Skip(1).Order()];
    Console.WriteLine($"{name}: {later[later.Length / 2]:F0} ms (median of {later.Length}: {later[0]:F0} to {later[^1]:F0}; the very first {times[0]:F0})");
}

return 0;
