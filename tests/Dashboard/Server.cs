using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using CalciumSweep.Unit;

namespace CalciumSweep.DashboardTests;

/// <summary>A real server with its dashboard, on a port that it keeps when it is killed and started again.</summary>
public sealed class Server : IDisposable
{
    public const string OperatorToken = "token-of-an-operator", ViewerToken = "token-of-a-viewer";
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(90);
    private readonly string _folder = Directory.CreateTempSubdirectory("calciumsweep-dashboard-").FullName;
    private readonly string[] _arguments;
    private readonly IReadOnlyList<(string Name, string Value)> _environment;
    private Process _process;

    public Server(params string[] arguments)
        : this([], arguments)
    {
    }

    public Server(IReadOnlyList<(string Name, string Value)> environment, params string[] arguments)
    {
        Url = $"http://127.0.0.1:{LocalPort.Free()}";
        (_environment, _arguments) = (environment, arguments);
        Client = new HttpClient { BaseAddress = new Uri(Url), Timeout = _patience };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", OperatorToken);
        _process = Start();
    }

    public string Url { get; }

    /// <summary>Knows the operator's token.</summary>
    public HttpClient Client { get; }

    public int ProcessId => _process.Id;

    /// <summary>The repository.</summary>
    public static string Root => Repository.Root;

    /// <summary>A spec that is cheap: wave where x > y.</summary>
    public static string Spec(string name, int points, double cost, int replicates = 1, int third = 1) => $$"""
        name: {{name}}
        scenario: no-op
        set: { cost: {{cost}} }
        axes:
          - { parameter: x, from: 0, to: 11, points: {{points}} }
          - { parameter: y, from: 0.5, to: 7.5, points: {{points}} }
        replicates: {{replicates}}
        seed: {{third}}
        """;

    /// <summary>Submits a spec.</summary>
    /// <returns>The campaign's id.</returns>
    public async Task<string> SubmitAsync(string spec)
    {
        using HttpResponseMessage answer = await Client.PostAsync("/api/campaigns", new StringContent(spec));
        string text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonDocument.Parse(text).RootElement.GetProperty("campaign").GetString()! : throw new InvalidOperationException(text);
    }

    public async Task<JsonElement> GetAsync(string path) => JsonDocument.Parse(await Client.GetStringAsync(path)).RootElement.Clone();

    /// <summary>Waits until a campaign has a state.</summary>
    public async Task<JsonElement> WaitAsync(string campaign, string state = "completed")
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            // 503 asks for another try.
            using HttpResponseMessage answer = await Client.GetAsync($"/api/campaigns/{campaign}");
            string text = await answer.Content.ReadAsStringAsync();
            if (answer.StatusCode != HttpStatusCode.ServiceUnavailable)
            {
                JsonElement status = JsonDocument.Parse(text).RootElement.Clone();
                if (answer.IsSuccessStatusCode && status.GetProperty("state").GetString() == state)
                {
                    return status;
                }
            }

            if (Stopwatch.GetElapsedTime(start) > _patience)
            {
                throw new TimeoutException(text);
            }

            await Task.Delay(100);
        }
    }

    /// <summary>Waits until an answer is as it should be.</summary>
    public async Task UntilAsync(string path, Func<JsonElement, bool> isSo)
    {
        long start = Stopwatch.GetTimestamp();
        while (await GetAsync(path) is var answer && !isSo(answer))
        {
            if (Stopwatch.GetElapsedTime(start) > _patience)
            {
                throw new TimeoutException(answer.GetRawText());
            }

            await Task.Delay(100);
        }
    }

    /// <summary>kill -9.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    /// <summary>Starts it again on its folder and port.</summary>
    public void StartAgain() => _process = Start();

    public void Dispose()
    {
        Kill();
        Client.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private Process Start()
    {
        string kind = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        string program = Path.Combine(Root, "Coordinator", "bin", kind, "net10.0", "CalciumSweep.Coordinator.dll");
        var start = new ProcessStartInfo("dotnet",
        [
            program, "up", "--port", "0", "--json", "--http", Url, "--data", Path.Combine(_folder, "data"), "--token", OperatorToken,
            "--tokens", $"vera:viewer:{ViewerToken}", .. _arguments,
        ])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        foreach ((string name, string value) in _environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;

        // One line, when it has started.
        return process.StandardOutput.ReadLine() is not null ? process : throw new InvalidOperationException("the server did not start");
    }
}
