// What viewers of a live phase diagram cost a server, as its processor time without that of its solver threads and of the writer
// of their results: each viewer follows the events and asks for what changed as often as the page does, once a second.
//   calciumsweep up --workers 1 --http http://127.0.0.1:8260 &
//   dotnet run -c Release --project benchmarks/Viewers -- URL TOKEN CAMPAIGN PID [VIEWERS 0,1,10,50,200] [SECONDS 20] [SHOW outcome]
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;

if (args.Length < 4)
{
    Console.Error.WriteLine("URL TOKEN CAMPAIGN PID [VIEWERS,…] [SECONDS] [SHOW]");
    return 2;
}

(string url, string token, string campaign, int process) = (args[0], args[1], args[2], int.Parse(args[3], CultureInfo.InvariantCulture));
int[] counts = [.. (args.Length > 4 ? args[4] : "0,1,10,50,200").Split(',').Select(count => int.Parse(count, CultureInfo.InvariantCulture))];
double seconds = args.Length > 5 ? double.Parse(args[5], CultureInfo.InvariantCulture) : 20;
string show = args.Length > 6 ? args[6] : "outcome";
using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1000 }) { BaseAddress = new Uri(url) };
http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

double? alone = null;
foreach (int count in counts)
{
    double share = await MeasureAsync(count);
    alone = count == 0 ? share : alone;
    if (count > 0 && alone is { } without)
    {
        Console.WriteLine($"  {(share - without) / count:P3} of a core a viewer");
    }
}

return 0;

// Share of one core that the server uses while so many look.
async Task<double> MeasureAsync(int count)
{
    using var end = new CancellationTokenSource();
    long updates = 0, bytes = 0, events = 0, errors = 0, slowest = 0;
    Task[] looking = [.. Enumerable.Range(0, count).Select(i => LookAsync(i, end.Token))];
    await Task.Delay(4000);
    (updates, bytes, events, errors, slowest) = (0, 0, 0, 0, 0);
    (TimeSpan before, long memory) = (Spent(), Memory());
    long start = Stopwatch.GetTimestamp();
    await Task.Delay(TimeSpan.FromSeconds(seconds));
    double share = (Spent() - before) / Stopwatch.GetElapsedTime(start);
    int viewers = Math.Max(1, count);
    Console.WriteLine(
        $"{count} viewers: {share:P1} of a core; {updates / seconds / viewers:F2} updates/s and {events / seconds / viewers / 1000:F1} kB/s of events each, "
        + $"{bytes / Math.Max(1.0, updates) / 1000:F1} kB an update, slowest {slowest} ms, {errors} errors; memory {memory >> 20} MB, then {Memory() >> 20} MB");
    await end.CancelAsync();
    await Task.WhenAll(looking);
    return share;

    async Task LookAsync(int number, CancellationToken stop)
    {
        Task following = FollowAsync(stop);
        string version = "";
        try
        {
            // Not all in the same moment.
            await Task.Delay(number * 1000 / count, stop);
            while (!stop.IsCancellationRequested)
            {
                long asked = Stopwatch.GetTimestamp();
                using HttpResponseMessage answer = await http.GetAsync($"api/campaigns/{campaign}/diagram?show={show}&format=bytes&since={version}", stop);
                if (answer.IsSuccessStatusCode)
                {
                    version = answer.Headers.GetValues("Diagram-Version").Single();
                    Interlocked.Add(ref bytes, (await answer.Content.ReadAsByteArrayAsync(stop)).Length);
                    Interlocked.Increment(ref updates);
                }
                else
                {
                    Interlocked.Increment(ref errors);
                }

                double passed = Stopwatch.GetElapsedTime(asked).TotalMilliseconds;
                slowest = Math.Max(slowest, (long)passed);
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Max(0, 1000 - passed)), stop);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or HttpRequestException)
        {
            errors += e is HttpRequestException ? 1 : 0;
        }

        await following;
    }

    async Task FollowAsync(CancellationToken stop)
    {
        try
        {
            await using Stream stream = await http.GetStreamAsync("api/events", stop);
            var buffer = new byte[4096];
            while (await stream.ReadAsync(buffer, stop) is > 0 and var read)
            {
                Interlocked.Add(ref events, read);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or HttpRequestException or IOException)
        {
            errors += e is OperationCanceledException ? 0 : 1;
        }
    }
}

TimeSpan Spent()
{
    using var server = Process.GetProcessById(process);
    TimeSpan solver = TimeSpan.Zero;
    foreach (ProcessThread thread in server.Threads)
    {
        string name = File.ReadAllText($"/proc/{process}/task/{thread.Id}/comm");
        solver += name.StartsWith("solver", StringComparison.Ordinal) || name.StartsWith("result writer", StringComparison.Ordinal)
            ? thread.TotalProcessorTime : TimeSpan.Zero;
    }

    return server.TotalProcessorTime - solver;
}

long Memory()
{
    using var server = Process.GetProcessById(process);
    return server.WorkingSet64;
}
