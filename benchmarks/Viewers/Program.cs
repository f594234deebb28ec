// What viewers of a live phase diagram cost a server, as its processor time: each follows the events and asks for what changed
// once a second, as the page does.
//   calciumsweep up --role coordinator --workers 1 --http http://127.0.0.1:8260 &     (its workers in other processes)
//   dotnet run -c Release --project benchmarks/Viewers -- URL TOKEN CAMPAIGN PID [VIEWERS 50] [SECONDS 20]
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;

if (args.Length < 4)
{
    Console.Error.WriteLine("URL TOKEN CAMPAIGN PID [VIEWERS] [SECONDS]");
    return 2;
}

(string url, string token, string campaign, int process) = (args[0], args[1], args[2], int.Parse(args[3], CultureInfo.InvariantCulture));
int viewers = args.Length > 4 ? int.Parse(args[4], CultureInfo.InvariantCulture) : 50;
double seconds = args.Length > 5 ? double.Parse(args[5], CultureInfo.InvariantCulture) : 20;
using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1000 }) { BaseAddress = new Uri(url) };
http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

double alone = await MeasureAsync(0);
double watched = await MeasureAsync(viewers);
Console.WriteLine($"server alone {alone:P1} of a core, with {viewers} viewers {watched:P1}: {(watched - alone) / viewers:P3} of a core a viewer");
return 0;

// Share of one core that the server uses while so many look.
async Task<double> MeasureAsync(int count)
{
    using var end = new CancellationTokenSource();
    long updates = 0, bytes = 0;
    Task[] looking = [.. Enumerable.Range(0, count).Select(_ => LookAsync(end.Token))];
    await Task.Delay(2000);
    Interlocked.Exchange(ref updates, 0);
    using var server = Process.GetProcessById(process);
    TimeSpan before = server.TotalProcessorTime;
    long start = Stopwatch.GetTimestamp();
    await Task.Delay(TimeSpan.FromSeconds(seconds));
    server.Refresh();
    double share = (server.TotalProcessorTime - before) / Stopwatch.GetElapsedTime(start);
    Console.WriteLine($"{count} viewers: {updates / seconds / Math.Max(1, count):F2} updates/s each, {bytes / Math.Max(1.0, updates) / 1000:F1} kB an update, {share:P1} of a core");
    await end.CancelAsync();
    await Task.WhenAll(looking);
    return share;

    async Task LookAsync(CancellationToken stop)
    {
        Task events = FollowAsync(stop);
        string version = "";
        try
        {
            while (!stop.IsCancellationRequested)
            {
                using HttpResponseMessage answer = await http.GetAsync($"api/campaigns/{campaign}/diagram?show=outcome&format=bytes&since={version}", stop);
                answer.EnsureSuccessStatusCode();
                version = answer.Headers.GetValues("Diagram-Version").Single();
                Interlocked.Add(ref bytes, (await answer.Content.ReadAsByteArrayAsync(stop)).Length);
                Interlocked.Increment(ref updates);
                await Task.Delay(1000, stop);
            }
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }

        await events;
    }
}

async Task FollowAsync(CancellationToken stop)
{
    try
    {
        await using Stream stream = await http.GetStreamAsync("api/events", stop);
        var buffer = new byte[4096];
        while (await stream.ReadAsync(buffer, stop) > 0)
        {
            // What it says is not looked at here.
        }
    }
    catch (OperationCanceledException)
    {
        // Told to stop.
    }
}
