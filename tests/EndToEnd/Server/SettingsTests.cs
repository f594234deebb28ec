using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using CalciumSweep.EndToEnd.Cli;
using Xunit;

namespace CalciumSweep.EndToEnd.Server;

/// <summary>Flags over environment over file, and what a server refuses.</summary>
public sealed class SettingsTests : IDisposable
{
    private readonly Sandbox _box = new();

    [Fact]
    public void A_flag_wins_over_the_environment_and_the_environment_over_the_file()
    {
        _box.Write("calciumsweep.json", """{"workers": 3, "role": ["coordinator", "worker"], "port": 0, "http": "http://127.0.0.1:0"}""");
        Assert.Equal((3, 2), Up([]));
        Assert.Equal((4, 2), Up([("CALCIUMSWEEP_WORKERS", "4")]));
        Assert.Equal((5, 3), Up([("CALCIUMSWEEP_WORKERS", "4"), ("CALCIUMSWEEP_ROLE", "coordinator")], "--workers", "5", "--role", "all"));
        Assert.Equal((3, 1), Up([("CALCIUMSWEEP_NO_DASHBOARD", "true")], "--role", "coordinator,dashboard"));
    }

    [Theory]
    [InlineData("""{"prot": 1}""", "did you mean 'port'?")]
    [InlineData("""{"port": {"number": 1}}""", "port")]
    [InlineData("""{"workers": "many"}""", "whole number")]
    [InlineData("[1]", "JSON object")]
    [InlineData("{", "JSON object")]
    public void A_file_of_settings_that_is_wrong_is_refused(string text, string named)
    {
        _box.Write("calciumsweep.json", text);
        Refused(named, []);
    }

    [Theory]
    [InlineData("did you mean 'worker'?", "--role", "wroker")]
    [InlineData("token", "--http", "http://0.0.0.0:0")]
    [InlineData("16", "--http", "http://0.0.0.0:0", "--token", "short")]
    [InlineData("TLS", "--host", "0.0.0.0")]
    [InlineData("TLS", "--http", "https://127.0.0.1:0")]
    [InlineData("name", "--http", "http://example.org:0")]
    [InlineData("http://ADDRESS:PORT", "--http", "8260")]
    [InlineData("host:port", "--seeds", "elsewhere")]
    [InlineData("one coordinator", "--seeds", "127.0.0.1:4053")]
    [InlineData("joins", "--role", "worker")]
    [InlineData("65535", "--port", "70000")]
    [InlineData("without TLS", "--oidc-authority", "http://login.example.org", "--oidc-client", "c", "--oidc-viewers", "v")]
    [InlineData("https://NAME", "--oidc-authority", "login.example.org", "--oidc-client", "c", "--oidc-viewers", "v")]
    [InlineData("https://NAME", "--oidc-authority", "https://me:secret@login.example.org", "--oidc-client", "c", "--oidc-viewers", "v")]
    [InlineData("--oidc-client", "--oidc-authority", "https://login.example.org", "--oidc-viewers", "v")]
    [InlineData("--oidc-operators", "--oidc-authority", "https://login.example.org", "--oidc-client", "c")]
    [InlineData("--oidc-authority names it", "--oidc-viewers", "v")]
    [InlineData("16", "--oidc-authority", "https://login.example.org", "--oidc-client", "c", "--oidc-viewers", "v", "--token", "short")]
    [InlineData("token of yours", "--oidc-authority", "https://login.example.org", "--oidc-client", "c", "--oidc-viewers", "v", "--http", "http://0.0.0.0:0")]
    public void A_server_that_others_could_reach_or_that_makes_no_sense_is_refused(string named, params string[] arguments) =>
        Refused(named, arguments);

    [Fact]
    public void Ports_in_use_are_named()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;
        Refused("--http names another one", ["--http", $"http://127.0.0.1:{port}"]);
        Refused("--port names another one", ["--port", $"{port}", "--http", "http://127.0.0.1:0"]);
    }

    [Fact]
    public void An_operators_token_counts_and_is_not_kept()
    {
        using var server = new ServerProcess(_box, "--token", "a-token-of-the-operators-own");
        Assert.Equal("a-token-of-the-operators-own", server.Token);
        Assert.Equal(0, _box.Run("list", "--server", server.Url, "--token", server.Token).ExitCode);
        Answer refused = _box.Run("list", "--server", server.Url, "--json");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("token", refused.Json.GetProperty("errors")[0].GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_box.Data, "token")));
    }

    [Fact]
    public void An_operators_token_is_not_printed_where_logs_are_collected()
    {
        using Process server = _box.Start("up", "--port", "0", "--http", "http://127.0.0.1:0", "--token", "a-token-of-the-operators-own");
        var printed = new List<string>();
        while (server.StandardOutput.ReadLine() is { } line)
        {
            printed.Add(line);
            if (line.StartsWith("Ctrl-C", StringComparison.Ordinal))
            {
                break;
            }
        }

        server.Kill();
        server.WaitForExit();
        Assert.Contains(printed, line => line.Contains("http://127.0.0.1:", StringComparison.Ordinal));
        Assert.DoesNotContain(printed, line => line.Contains("a-token-of-the-operators-own", StringComparison.Ordinal));
    }

    [Fact]
    public void Where_there_is_no_server_a_command_ends_with_4()
    {
        Answer answer = _box.Run("list", "--server", "http://127.0.0.1:1", "--json");
        Assert.Equal(4, answer.ExitCode);
        Assert.Contains("no server", answer.Json.GetProperty("errors")[0].GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(2, _box.Run("list", "--server", "ftp://127.0.0.1").ExitCode);
    }

    public void Dispose() => _box.Dispose();

    private void Refused(string named, string[] arguments)
    {
        string[] before = _box.Inventory();
        string[] ports = arguments.Contains("--port") ? [] : ["--port", "0"];
        Answer answer = _box.Run(["up", .. ports, .. arguments]);
        Assert.True(answer.ExitCode == 2, $"exit {answer.ExitCode}: {answer.Error}");
        Assert.Contains(named, answer.Error, StringComparison.Ordinal);
        Assert.Equal(before, _box.Inventory(), StringComparer.Ordinal);
    }

    // Solver threads and number of roles of a server with these settings.
    private (int Workers, int Roles) Up((string Name, string Value)[] environment, params string[] arguments)
    {
        using Process process = _box.Start(["up", "--json", .. arguments], environment);
        try
        {
            string line = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException(process.StandardError.ReadToEnd());
            JsonElement start = JsonDocument.Parse(line).RootElement;
            return (start.GetProperty("workers").GetInt32(), start.GetProperty("roles").GetArrayLength());
        }
        finally
        {
            process.Kill();
            process.WaitForExit();
        }
    }
}
