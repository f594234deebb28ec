using System.Diagnostics;
using CalciumSweep.StoreTests;
using Npgsql;

namespace CalciumSweep.Chaos;

/// <summary>
/// A PostgreSQL server of the run's own, fsync on. It can be killed with all its sessions, frozen and started again; the
/// observer reaches it over a Unix socket, which no network fault concerns.
/// </summary>
internal sealed class Database : IDisposable
{
    private const string User = "sweep", Schema = "calciumsweep";
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);
    private readonly string _folder;
    private readonly Network _network;
    private readonly string[] _settings;
    private readonly string _programs = PostgresPrograms.Find();
    private Process? _process;

    /// <param name="folder">Its folder.</param>
    /// <param name="network">Where it listens.</param>
    /// <param name="isMeasured">Checkpoints as on a server that is meant for it; what makes a commit durable is at its default.</param>
    public Database(string folder, Network network, bool isMeasured = false)
    {
        (_folder, _network, _settings) = (folder, network, isMeasured ? ["shared_buffers=256MB", "max_wal_size=4GB"] : ["shared_buffers=64MB"]);
        Directory.CreateDirectory(folder);
        Own();
        Shell.Run(null, [.. Unprivileged("initdb"), "-D", Data, "-U", User, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]);
        File.AppendAllText(Path.Combine(Data, "pg_hba.conf"), "host all all 10.99.0.0/24 trust\n");
        Start();
    }

    /// <summary>The store's address for nodes.</summary>
    public string Url => $"postgresql://{User}@{_network.DatabaseHost}:{_network.DatabasePort}/postgres?sslmode=disable&plaintext=allowed";

    public bool IsRunning => _process is { HasExited: false };

    public int ProcessId => _process?.Id ?? 0;

    public void Start()
    {
        string[] settings =
        [
            $"port={_network.DatabasePort}", $"listen_addresses={_network.DatabaseHost}", $"unix_socket_directories={_folder}",
            "fsync=on", "synchronous_commit=on", "max_connections=100", .. _settings,
        ];
        string log = Path.Combine(_folder, "log");
        string[] command =
        [
            .. _network.On(null), .. Unprivileged("postgres"), "-D", Data, .. settings.SelectMany(s => new[] { "-c", s }),
        ];
        _process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true, UseShellExecute = false })!;
        _process.ErrorDataReceived += (_, line) => File.AppendAllText(log, line.Data + "\n");
        _process.BeginErrorReadLine();
        var start = Stopwatch.StartNew();
        while (!TryRead(connection => connection.ExecuteScalar("SELECT 1"), out _))
        {
            if (_process.HasExited || start.Elapsed > Patience.Of(_patience))
            {
                throw new InvalidOperationException($"PostgreSQL does not start: {File.ReadAllText(log)}");
            }

            Thread.Sleep(20);
        }
    }

    /// <summary>Kills the server and all its sessions at once, as a power cut would.</summary>
    public void Kill()
    {
        foreach (int id in All)
        {
            Shell.Signal(id, Shell.SigKill);
        }

        _process!.WaitForExit();
    }

    public void Freeze() => SignalAll(Shell.SigStop);

    public void Thaw() => SignalAll(Shell.SigContinue);

    /// <summary>Reads over the Unix socket; false while the server does not answer.</summary>
    public bool TryRead<T>(Func<Session, T> read, out T? value)
    {
        try
        {
            using var connection = new NpgsqlConnection(
                $"Host={_folder};Port={_network.DatabasePort};Username={User};Database=postgres;Pooling=false;Timeout=3;Command Timeout=10;SearchPath={Schema}");
            connection.Open();
            value = read(new(connection));
            return true;
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException or System.Net.Sockets.SocketException)
        {
            value = default;
            return false;
        }
    }

    /// <summary>Reads; waits until the server answers.</summary>
    public T Read<T>(Func<Session, T> read)
    {
        var start = Stopwatch.StartNew();
        T? value;
        while (!TryRead(read, out value))
        {
            if (start.Elapsed > Patience.Of(_patience))
            {
                throw new InvalidOperationException("the database does not answer");
            }

            Thread.Sleep(100);
        }

        return value!;
    }

    public void Dispose()
    {
        if (IsRunning)
        {
            SignalAll(Shell.SigContinue);
            Kill();
        }

        _process?.Dispose();
    }

    private string Data => Path.Combine(_folder, "data");

    private int[] All => [_process!.Id, .. Shell.Children(_process.Id)];

    private void SignalAll(int signal)
    {
        foreach (int id in All)
        {
            Shell.Signal(id, signal);
        }
    }

    private void Own()
    {
        if (Shell.IsRoot)
        {
            Shell.Run(null, "chown", "postgres:postgres", _folder);
        }
    }

    // The server refuses to run as root.
    private string[] Unprivileged(string program)
    {
        string path = Path.Combine(_programs, program);
        return Shell.IsRoot ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", path] : [path];
    }
}
