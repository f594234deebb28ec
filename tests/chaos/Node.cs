using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace CalciumSweep.Chaos;

/// <summary>One node: a real process on a host of its own, with a data folder that outlives the process.</summary>
internal sealed class Node : IDisposable
{
    private const string Token = "a-token-of-the-nemesis";
    private readonly NodePlace _place;
    private readonly Lock _logging = new();
    private Process? _process;
    private volatile string? _started;
    private bool _isDisposed;

    public Node(NodePlace place)
    {
        _place = place;
        Directory.CreateDirectory(place.Folder);
        Http = new HttpClient(new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(2),
            PooledConnectionLifetime = TimeSpan.FromSeconds(5),
            ConnectCallback = (context, _) => ValueTask.FromResult(place.Network.Connect(
                place.Number, new IPEndPoint(IPAddress.Loopback, context.DnsEndPoint.Port))),
        })
        { BaseAddress = new Uri($"http://127.0.0.1:{place.HttpPort}"), Timeout = TimeSpan.FromSeconds(35) };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
    }

    public int Number => _place.Number;

    public string Role => _place.Role;

    /// <summary>The program that it is started with next.</summary>
    public string Program { get; set; } = Path.Combine(AppContext.BaseDirectory, "CalciumSweep.Coordinator.dll");

    public bool IsCoordinator => Role == "coordinator";

    public string Folder => _place.Folder;

    /// <summary>Its name in what is printed.</summary>
    public string Name => $"{Role} {Number}";

    /// <summary>False while it is meant to be down.</summary>
    public bool IsWanted { get; set; }

    public bool IsRunning => !_isDisposed && _process is { HasExited: false };

    /// <summary>True once the process said that it has joined and goes on.</summary>
    public bool HasStarted => _started is not null;

    /// <summary>Exit code of the last process; null while it runs.</summary>
    public int? ExitCode => _process is { HasExited: true } ended ? ended.ExitCode : null;

    /// <summary>Of its last process; 0 before the first.</summary>
    public int ProcessId { get; private set; }

    private HttpClient Http { get; }

    public string Url => Http.BaseAddress!.ToString();

    public string LogFile => Path.Combine(_place.LogFolder, $"{Role}-{Number}.log");

    public void Start()
    {
        string[] arguments =
        [
            .. _place.Network.On(Number), "dotnet", Program, "up", "--json", "--role", Role, "--data", Path.Combine(Folder, "data"),
            "--host", _place.Network.Host(Number), "--port", $"{_place.Network.Port(Number)}", "--store", _place.Store,
            "--workers", $"{_place.Threads}", "--token", Token,
            .. _place.Seeds.Length > 0 ? new[] { "--seeds", _place.Seeds } : [],
            "--http", $"http://127.0.0.1:{_place.HttpPort}",
            .. _place.Server is { } server ? new[] { "--server", server } : [],
            .. _place.Tls,
        ];
        var start = new ProcessStartInfo(arguments[0], arguments[1..])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach ((string name, string value) in _place.Environment)
        {
            start.Environment[name] = value;
        }

        Process? old = _process;
        _started = null;
        File.AppendAllText(LogFile, $"--- started {DateTime.UtcNow:HH:mm:ss.fff}\n");
        _process = Process.Start(start)!;
        ProcessId = _process.Id;
        old?.Dispose();
        Process now = _process;
        now.OutputDataReceived += (_, line) =>
        {
            if (line.Data is { Length: > 0 } said)
            {
                Log(said);
                if (now == _process && said.StartsWith("{\"url\"", StringComparison.Ordinal))
                {
                    _started = said;
                }
            }
        };
        now.ErrorDataReceived += (_, line) => Log(line.Data);
        now.BeginOutputReadLine();
        now.BeginErrorReadLine();
        IsWanted = true;
    }

    public void Signal(int signal)
    {
        if (IsRunning)
        {
            Shell.Signal(ProcessId, signal);
        }
    }

    /// <summary>Asks it to end as a supervisor does, and waits until it has.</summary>
    /// <returns>How long that took.</returns>
    public TimeSpan Terminate()
    {
        var start = Stopwatch.StartNew();
        IsWanted = false;
        Signal(Shell.SigTerm);
        _process!.WaitForExit();
        return start.Elapsed;
    }

    /// <summary>What the API says, or null if it does not within a time.</summary>
    public JsonElement? Ask(string path, TimeSpan? patience = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return Send(request, patience) is (200, var text) ? JsonDocument.Parse(text).RootElement.Clone() : null;
    }

    /// <summary>A table of the API's, or what a node measures.</summary>
    /// <exception cref="ViolationException">The node does not give it.</exception>
    public string Read(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return Send(request, null) is (200, var text) ? text : throw new ViolationException($"{Name} does not give {path}");
    }

    /// <summary>Submits a spec; null if the node does not take it now.</summary>
    public JsonElement? Submit(string spec)
    {
        using var content = new StringContent(spec);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/campaigns") { Content = content };
        switch (Send(request, null))
        {
            case (200 or 201, var text):
                return JsonDocument.Parse(text).RootElement.Clone();
            case ( >= 500, var text):
                Log($"it did not take the campaign: {text}");
                return null;
            case (_, var text):
                throw new InvalidOperationException($"the spec is refused: {text}");
            default:
                return null;
        }
    }

    public void Dispose()
    {
        IsWanted = false;
        if (IsRunning)
        {
            Signal(Shell.SigContinue);
            Signal(Shell.SigKill);
            _process!.WaitForExit();
        }

        _isDisposed = true;
        _process?.Dispose();
        Http.Dispose();
    }

    // A node that is frozen or on its way down does not answer.
    private (int Status, string Text)? Send(HttpRequestMessage request, TimeSpan? patience)
    {
        using var cancel = new CancellationTokenSource(patience ?? Http.Timeout);
        try
        {
            using HttpResponseMessage response = Http.Send(request, cancel.Token);
            using var reader = new StreamReader(response.Content.ReadAsStream(cancel.Token));
            return ((int)response.StatusCode, reader.ReadToEnd());
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
        {
            Log($"it did not answer the driver: {e.Message} {e.InnerException?.Message}");
            return null;
        }
    }

    private void Log(string? line)
    {
        lock (_logging)
        {
            File.AppendAllText(LogFile, line + "\n");
        }
    }
}
