using System.Diagnostics;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Text.Json;
using CalciumSweep.EndToEnd.Cli;

namespace CalciumSweep.EndToEnd.Server;

/// <summary>A real <c>calciumsweep up</c> on free ports of this machine.</summary>
public sealed partial class ServerProcess : IDisposable
{
    private const int SigTerm = 15;
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly Thread _reader;
    private string _error = "";

    public ServerProcess(Sandbox box, params IEnumerable<string> arguments)
        : this(box, isApi: true, arguments)
    {
    }

    public ServerProcess(Sandbox box, bool isApi, params IEnumerable<string> arguments)
    {
        string[] http = isApi ? ["--http", "http://127.0.0.1:0"] : [];
        string[] given = [.. arguments];
        string[] port = given.Contains("--port", StringComparer.Ordinal) ? [] : ["--port", "0"];
        _process = box.Start(["up", "--json", .. port, .. http, .. given]);
        _reader = new Thread(() => _error = _process.StandardError.ReadToEnd()) { IsBackground = true };
        _reader.Start();
        string? line = _process.StandardOutput.ReadLine();
        if (line is null)
        {
            _reader.Join(_patience);
            throw new InvalidOperationException($"the server did not start: {_error}");
        }

        Start = JsonDocument.Parse(line).RootElement.Clone();
        Client = isApi ? NewClient(Start.TryGetProperty("token", out JsonElement token) ? token.GetString() : null) : new HttpClient();
    }

    /// <summary>What it says when it has started.</summary>
    public JsonElement Start { get; }

    public string Url => Start.GetProperty("url").GetString()!;

    public string Token => Start.GetProperty("token").GetString()!;

    public string Cluster => Start.GetProperty("cluster").GetString()!;

    public int ProcessId => _process.Id;

    /// <summary>What it wrote on standard error; once it has ended.</summary>
    public string Said
    {
        get
        {
            _reader.Join(_patience);
            return _error;
        }
    }

    public bool HasExited => _process.HasExited;

    /// <summary>Knows the token.</summary>
    public HttpClient Client { get; }

    public HttpClient NewClient(string? token)
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = new Uri(Url),
            Timeout = _patience,
        };
        if (token is not null)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return client;
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        using HttpResponseMessage response = await Client.GetAsync(path);
        response.EnsureSuccessStatusCode();
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.Clone();
    }

    /// <summary>Asks it to end, as a supervisor does.</summary>
    /// <returns>Its exit code.</returns>
    public int Terminate()
    {
        return Signal(_process.Id, SigTerm) != 0 ? throw new InvalidOperationException("it is gone already") : WaitForExit();
    }

    /// <summary>Waits until it ends by itself.</summary>
    /// <returns>Its exit code.</returns>
    public int WaitForExit() => _process.WaitForExit(_patience) ? _process.ExitCode : throw new TimeoutException("it does not end");

    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        Client?.Dispose();
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
