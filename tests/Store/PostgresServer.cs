using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using CalciumSweep.Store;
using CalciumSweep.Unit;
using CalciumSweep.Unit.Store;
using Npgsql;

namespace CalciumSweep.StoreTests;

/// <summary>
/// A PostgreSQL server of its own: in a temporary folder, on a free port of the loopback address, with fsync on, under
/// an unprivileged user. It can be killed and started again on the same data.
/// </summary>
public sealed class PostgresServer : IDisposable
{
    public const string User = "sweep";
    public const string Password = "calcium 'wave' \\ é";
    private const int SigKill = 9, SigInt = 2, SigStop = 19, SigContinue = 18;
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);
    private readonly TemporaryFolder _folder = new();
    private readonly StringBuilder _log = new();
    private readonly string _programs = PostgresPrograms.Find();
    private readonly string[] _settings;
    private Process? _process;

    public PostgresServer()
        : this([])
    {
    }

    private PostgresServer(string[] settings, Action<string>? prepare = null)
    {
        _settings = settings;
        Port = LocalPort.Free();
        string passwordFile = _folder["password"];
        File.WriteAllText(passwordFile, Password);
        File.WriteAllText(PassFile, $"*:*:*:{User}:{Password.Replace("\\", "\\\\", StringComparison.Ordinal)}\n");
        Own(_folder.Path, passwordFile);
        Run("initdb", "-D", Data, "-U", User, "--pwfile", passwordFile, "--auth=scram-sha-256", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        File.SetUnixFileMode(PassFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        prepare?.Invoke(Data);
        Own([Data, .. Directory.GetFiles(Data)]);
        try
        {
            Start();
        }
        catch
        {
            // Nobody disposes what was never made.
            Dispose();
            throw;
        }
    }

    public int Port { get; }

    /// <summary>A server with other settings.</summary>
    /// <param name="settings">Further settings: <c>name=value</c>.</param>
    /// <param name="prepare">Puts files into the data folder before the server reads it.</param>
    public static PostgresServer With(string[] settings, Action<string> prepare) => new(settings, prepare);

    /// <summary>A file of passwords in PostgreSQL's own form.</summary>
    public string PassFile => _folder["passfile"];

    private string Data => _folder["data"];

    /// <summary>Address of a store in a schema of its own.</summary>
    public string Url(string schema) =>
        $"postgresql://{User}@127.0.0.1:{Port}/postgres?passfile={PassFile}&schema={schema}";

    public StoreAddress Address(string schema) => StoreAddress.Parse(Url(schema), _ => null);

    /// <summary>A schema name that no other test uses.</summary>
    public static string NewSchema() => $"t{Guid.NewGuid():N}";

    public void Start()
    {
        string[] settings =
        [
            $"port={Port}", "listen_addresses=127.0.0.1", $"unix_socket_directories={_folder.Path}", "fsync=on",
            "synchronous_commit=on", "shared_buffers=32MB", "max_connections=40", .. _settings,
        ];
        ProcessStartInfo info = Unprivileged("postgres", ["-D", Data, .. settings.SelectMany(s => new[] { "-c", s })]);
        info.RedirectStandardError = true;
        _process = Process.Start(info)!;
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_log)
            {
                _log.AppendLine(line.Data);
            }
        };
        _process.BeginErrorReadLine();
        WaitUntilItAnswers();
    }

    /// <summary>Kills the server and all its sessions at once, as a power cut would.</summary>
    public void Kill()
    {
        int[] all = [_process!.Id, .. Children(_process.Id)];
        foreach (int id in all)
        {
            _ = Signal(id, SigKill);
        }

        End();
        Assert(SpinWait.SpinUntil(() => all.All(id => !Directory.Exists($"/proc/{id}")), _patience), "a session outlives its server");
    }

    /// <summary>Ends the server in order; sessions are broken off.</summary>
    public void Stop()
    {
        _ = Signal(_process!.Id, SigInt);
        End();
    }

    /// <summary>The server is there but does not answer, like one behind a broken network.</summary>
    public void Freeze() => SignalAll(SigStop);

    public void Thaw() => SignalAll(SigContinue);

    /// <summary>Runs SQL as the owner and gives the first value.</summary>
    public object? Sql(string sql)
    {
        using var connection = new NpgsqlConnection(ConnectionString);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        return command.ExecuteScalar();
    }

    public List<object?[]> Rows(string sql)
    {
        using var connection = new NpgsqlConnection(ConnectionString);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        using NpgsqlDataReader reader = command.ExecuteReader();
        var rows = new List<object?[]>();
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i))]);
        }

        return rows;
    }

    public void Dispose()
    {
        if (_process is { HasExited: false })
        {
            Kill();
        }

        _folder.Dispose();
    }

    private string ConnectionString => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = Port,
        Username = User,
        Password = Password,
        Database = "postgres",
        Pooling = false,
        Timeout = 5,
        SslMode = SslMode.Prefer,
    }.ToString();

    private static void Assert(bool holds, string otherwise) => Xunit.Assert.True(holds, otherwise);

    private static IEnumerable<int> Children(int parent) => Directory.GetDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out int id) ? id : 0)
        .Where(id => id > 0 && ParentOf(id) == parent);

    private static int ParentOf(int id)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{id}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0; // it has ended since
        }
    }

    private void SignalAll(int signal)
    {
        foreach (int id in new[] { _process!.Id }.Concat(Children(_process.Id)))
        {
            _ = Signal(id, signal);
        }
    }

    private void End()
    {
        Assert(_process!.WaitForExit(_patience), "the server does not end");
        _process.Dispose();
        _process = null;
    }

    private void WaitUntilItAnswers()
    {
        var start = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                Sql("SELECT 1");
                return;
            }
            catch (Exception e) when (e is NpgsqlException && !_process!.HasExited && start.Elapsed < _patience)
            {
                Thread.Sleep(20);
            }
            catch (Exception e)
            {
                lock (_log)
                {
                    throw new InvalidOperationException($"PostgreSQL does not start: {_log}", e);
                }
            }
        }
    }

    // The server refuses to run as root.
    private ProcessStartInfo Unprivileged(string program, IEnumerable<string> arguments)
    {
        string path = Path.Combine(_programs, program);
        return Environment.IsPrivilegedProcess
            ? new("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", path, .. arguments]) { UseShellExecute = false, WorkingDirectory = _folder.Path }
            : new(path, arguments) { UseShellExecute = false, WorkingDirectory = _folder.Path };
    }

    private void Run(string program, params string[] arguments)
    {
        ProcessStartInfo info = Unprivileged(program, arguments);
        info.RedirectStandardError = info.RedirectStandardOutput = true;
        using Process process = Process.Start(info)!;
        string output = process.StandardOutput.ReadToEnd(), error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert(process.ExitCode == 0, $"{program} failed: {error}{output}");
    }

    private static void Own(params string[] paths)
    {
        if (Environment.IsPrivilegedProcess)
        {
            using Process process = Process.Start("chown", ["postgres:postgres", .. paths]);
            process.WaitForExit();
            Assert(process.ExitCode == 0, "the folder cannot be given to the user postgres");
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int process, int signal);
}
