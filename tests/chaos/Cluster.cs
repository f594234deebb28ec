using System.Collections.Concurrent;
using System.Diagnostics;
using CalciumSweep.StoreTests;
using CalciumSweep.Unit;

namespace CalciumSweep.Chaos;

/// <summary>
/// Coordinators, workers, their hosts and their database, with a supervisor that starts a node again a second after it
/// ended by itself, as Kubernetes or systemd would.
/// </summary>
internal sealed class Cluster : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);
    private static readonly ConcurrentDictionary<Cluster, bool> _all = new();
    private readonly string _mark = Guid.NewGuid().ToString("N");
    private readonly Action<string> _say;
    private readonly Thread _supervisor;
    private readonly List<string> _mounts = [];
    private volatile bool _isEnding;

    /// <param name="folder">Everything of the run is in it.</param>
    /// <param name="shape">How many of what.</param>
    /// <param name="say">Told what happens.</param>
    public Cluster(string folder, ClusterShape shape, Action<string> say)
    {
        (Folder, Shape, _say) = (folder, shape, say);
        _all[this] = true;
        Directory.CreateDirectory(folder);

        // The database's user has to get through to its own folder.
        File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
        Network = new Network(shape.Coordinators + shape.Workers, !shape.IsLoopback);
        try
        {
            Database = new Database(Path.Combine(folder, "database"), Network, shape.IsMeasured);
            string[] tls = Network.IsIsolated ? Certificates(folder) : [];
            string seeds = string.Join(',', Enumerable.Range(0, shape.Coordinators).Select(i => $"{Network.Host(i)}:{Network.Port(i)}"));
            for (int i = 0; i < shape.Coordinators + shape.Workers; i++)
            {
                bool isCoordinator = i < shape.Coordinators;
                string place = Path.Combine(folder, $"node-{i}");
                Mount(place);
                Nodes.Add(new Node(new NodePlace(i, isCoordinator ? "coordinator" : "worker", Network, place, folder)
                {
                    Store = Database.Url,
                    Seeds = isCoordinator && shape.Coordinators == 1 ? "" : seeds,
                    Tls = tls,
                    Threads = shape.Threads,
                    HttpPort = Network.IsIsolated ? 8260 : LocalPort.Free(),
                    Environment = NodeEnvironment(i),
                }));
            }

            _supervisor = new Thread(Supervise) { IsBackground = true, Name = "supervisor" };
            _supervisor.Start();
        }
        catch
        {
            _supervisor = Thread.CurrentThread;
            Dispose();
            throw;
        }
    }

    public string Folder { get; }

    public ClusterShape Shape { get; }

    public Network Network { get; }

    public Database Database { get; } = null!;

    public List<Node> Nodes { get; } = [];

    public IEnumerable<Node> Coordinators => Nodes.Where(node => node.IsCoordinator);

    public IEnumerable<Node> Workers => Nodes.Where(node => !node.IsCoordinator);

    /// <summary>How often a node ended by itself, with what.</summary>
    public List<string> Ends { get; } = [];

    /// <summary>True if clocks of nodes can jump.</summary>
    public bool HasFakeTime => Shape.FakeTime is not null;

    /// <summary>Starts all nodes, and waits until they take part.</summary>
    public void Start()
    {
        foreach (Node node in Nodes)
        {
            node.Start();
        }

        Wait(Nodes);
    }

    /// <summary>Waits until nodes said that they have started.</summary>
    public static void Wait(IReadOnlyCollection<Node> nodes)
    {
        var start = Stopwatch.StartNew();
        while (!nodes.All(node => node.HasStarted))
        {
            if (start.Elapsed > Patience.Of(_patience))
            {
                string late = string.Join(", ", nodes.Where(node => !node.HasStarted).Select(node => node.Name));
                throw new ViolationException($"{late}: not up after {start.Elapsed.TotalSeconds:0} s");
            }

            Thread.Sleep(50);
        }
    }

    /// <summary>Submits a spec; tries until a coordinator takes it.</summary>
    /// <returns>The campaign's id.</returns>
    public string Submit(string spec)
    {
        var start = Stopwatch.StartNew();
        while (start.Elapsed < Patience.Of(_patience))
        {
            foreach (Node node in Coordinators)
            {
                if (node.Submit(spec) is { } answer)
                {
                    return answer.GetProperty("campaign").GetString()!;
                }
            }

            Thread.Sleep(100);
        }

        throw new ViolationException("no coordinator takes the campaign");
    }

    /// <summary>The clock of a node from now on, against the real one.</summary>
    public void SetClock(int node, TimeSpan offset) =>
        File.WriteAllText(ClockFile(node), $"{(offset < TimeSpan.Zero ? "-" : "+")}{Math.Abs(offset.TotalSeconds):0}\n");

    /// <summary>Fills the disk of a node to the last byte.</summary>
    public void FillDisk(int node)
    {
        using var file = new FileStream(Filler(node), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            var block = new byte[65536];
            for (int size = block.Length; size > 0; size /= 2)
            {
                while (new DriveInfo(Nodes[node].Folder).AvailableFreeSpace >= size)
                {
                    file.Write(block, 0, size);
                }
            }
        }
        catch (IOException)
        {
            // It is full.
        }
    }

    /// <summary>True if disks of nodes can be filled without filling the machine's.</summary>
    public bool HasDisks => _mounts.Count > 0;

    /// <summary>Ends all faults and starts everything that is down.</summary>
    public void Heal()
    {
        Network.Heal();
        if (Database.IsRunning)
        {
            Database.Thaw();
        }
        else
        {
            Database.Start();
        }

        foreach (Node node in Nodes)
        {
            File.Delete(Filler(node.Number));
            node.Signal(Shell.SigContinue);
            if (!node.IsRunning)
            {
                node.Start();
            }
        }
    }

    /// <summary>Processes that nodes of this cluster started.</summary>
    public IReadOnlyList<int> Orphans()
    {
        int[] known = [.. Nodes.Select(node => node.ProcessId)];
        return
        [
            .. Directory.GetDirectories("/proc").Select(folder => int.TryParse(Path.GetFileName(folder), out int id) ? id : 0)
                .Where(id => id > 0 && !known.Contains(id) && IsOurs(id)),
        ];
    }

    /// <summary>Ends every cluster of this process.</summary>
    public static void DisposeAll()
    {
        foreach (Cluster cluster in _all.Keys)
        {
            cluster.Dispose();
        }
    }

    public void Dispose()
    {
        if (!_all.TryRemove(this, out _))
        {
            return;
        }

        _isEnding = true;
        if (_supervisor != Thread.CurrentThread)
        {
            _supervisor.Join();
        }

        foreach (Node node in Nodes)
        {
            node.Dispose();
        }

        foreach (int orphan in Orphans())
        {
            Shell.Signal(orphan, Shell.SigKill);
        }

        Database?.Dispose();
        Network.Dispose();
        foreach (string mount in _mounts)
        {
            Shell.Try(null, "umount", "-l", mount);
        }
    }

    private void Supervise()
    {
        var down = new Dictionary<Node, DateTime>();
        while (!_isEnding)
        {
            foreach (Node node in Nodes)
            {
                if (!node.IsWanted || node.IsRunning || node.ProcessId == 0)
                {
                    down.Remove(node);
                }
                else if (!down.TryGetValue(node, out DateTime since))
                {
                    down[node] = DateTime.UtcNow;
                    lock (Ends)
                    {
                        Ends.Add($"{node.Name} exit {node.ExitCode}");
                    }

                    _say($"{node.Name} ended with {node.ExitCode}");
                }
                else if (DateTime.UtcNow - since > TimeSpan.FromSeconds(1))
                {
                    down.Remove(node);
                    node.Start();
                }
            }

            Thread.Sleep(100);
        }
    }

    private Dictionary<string, string> NodeEnvironment(int node)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["CHAOS_RUN"] = _mark };
        if (!Shape.IsMeasured)
        {
            // Who takes all memory takes this.
            environment["DOTNET_GCHeapHardLimit"] = "0x18000000";

            // Nodes start all the time here, and integrate little: less compiling.
            environment["DOTNET_TieredPGO"] = "0";
            environment["DOTNET_TC_QuickJitForLoops"] = "1";
        }

        if (Shape.FakeTime is { } library)
        {
            SetClock(node, TimeSpan.Zero);
            environment["LD_PRELOAD"] = library;
            environment["FAKETIME_TIMESTAMP_FILE"] = ClockFile(node);
            environment["FAKETIME_NO_CACHE"] = "1";
            environment["FAKETIME_DONT_FAKE_MONOTONIC"] = "1";
            environment["FAKETIME_FORCE_MONOTONIC_FIX"] = "0";
        }

        return environment;
    }

    private string ClockFile(int node) => Path.Combine(Folder, $"clock-{node}");

    private string Filler(int node) => Path.Combine(Nodes[node].Folder, "filler");

    private void Mount(string place)
    {
        Directory.CreateDirectory(place);
        if (Shell.IsRoot && !Shape.IsMeasured && Shell.Try(null, "mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", place).Code == 0)
        {
            _mounts.Add(place);
        }
    }

    private static string[] Certificates(string folder)
    {
        using var authority = new CertificateAuthority();
        (string certificate, string key) = authority.Sign("node");
        string root = Path.Combine(folder, "root.pem"), own = Path.Combine(folder, "node.pem"), keyFile = Path.Combine(folder, "node.key");
        File.WriteAllText(root, authority.Root);
        File.WriteAllText(own, certificate);
        File.WriteAllText(keyFile, key);
        return ["--tls-certificate", own, "--tls-key", keyFile, "--tls-authority", root];
    }

    private bool IsOurs(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/environ").Contains($"CHAOS_RUN={_mark}", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
