using System.Diagnostics;
using System.Security.Cryptography;
using CalciumSweep.Chaos;
using CalciumSweep.StoreTests;

namespace CalciumSweep.Pods;

/// <summary>PostgreSQL as somebody else runs it for the cluster: TLS, a password, an own host.</summary>
internal sealed class PodDatabase : IDisposable
{
    /// <summary>Its name, as the certificate says it.</summary>
    public const string Host = "database.pods.test";

    private const string Owner = "calciumsweep", User = "postgres";
    private readonly string _folder;
    private readonly string _programs = PostgresPrograms.Find();
    private Process? _process;

    /// <summary>Makes it, in a folder.</summary>
    public PodDatabase(string folder, CertificateAuthority authority)
    {
        _folder = folder;
        Directory.CreateDirectory(folder);
        Shell.Run(null, "chown", User, folder);
        Shell.Run(null, [.. Unprivileged("initdb"), "-D", Data, "-U", Owner, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]);
        (string certificate, string key) = authority.Sign(Host);
        File.WriteAllText(Path.Combine(Data, "server.crt"), certificate);
        File.WriteAllText(Path.Combine(Data, "server.key"), key);
        File.SetUnixFileMode(Path.Combine(Data, "server.key"), UnixFileMode.UserRead);
        File.WriteAllText(Path.Combine(Data, "pg_hba.conf"), "local all all trust\nhostssl all all 0.0.0.0/0 scram-sha-256\n");
        Shell.Run(null, "chown", "-R", User, Data);
    }

    public string Password { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    private string Data => Path.Combine(_folder, "data");

    /// <summary>Starts it on its host.</summary>
    public void Start()
    {
        string[] settings = [$"listen_addresses={PodNetwork.Database}", $"unix_socket_directories={_folder}", "ssl=on", "max_connections=100"];
        string[] command = [.. PodNetwork.Beside, .. Unprivileged("postgres"), "-D", Data, .. settings.SelectMany(one => new[] { "-c", one })];
        _process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true, UseShellExecute = false })!;
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        var clock = Stopwatch.StartNew();
        while (Shell.Try(null, [.. Unprivileged("psql"), "-h", _folder, "-U", Owner, "-c", "SELECT 1", "postgres"]).Code != 0)
        {
            if (_process.HasExited || clock.Elapsed > TimeSpan.FromSeconds(120))
            {
                throw new InvalidOperationException("PostgreSQL does not start");
            }

            Thread.Sleep(200);
        }

        Shell.Run(null, [.. Unprivileged("psql"), "-h", _folder, "-U", Owner, "-c", $"ALTER ROLE {Owner} PASSWORD '{Password}'", "-c", $"CREATE DATABASE {Owner}", "postgres"]);
    }

    public void Dispose()
    {
        if (_process is { HasExited: false } running)
        {
            foreach (int id in Shell.Children(running.Id).Append(running.Id))
            {
                Shell.Signal(id, Shell.SigInt);
            }

            running.WaitForExit();
        }

        _process?.Dispose();
        _process = null;
    }

    private string[] Unprivileged(string program) => ["setpriv", $"--reuid={User}", $"--regid={User}", "--clear-groups", Path.Combine(_programs, program)];
}
