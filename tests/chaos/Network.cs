using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using CalciumSweep.Unit;

namespace CalciumSweep.Chaos;

/// <summary>
/// The hosts of a run. As root each node has a network namespace of its own behind a bridge in another one, which nothing
/// else on the machine sees; they are removed with the run. Otherwise all share the loopback address, and there are no
/// network faults.
/// </summary>
internal sealed partial class Network : IDisposable
{
    private const int NewNet = 0x40000000;
    private static int _count;
    private readonly string _name = $"cs{Environment.ProcessId}x{Interlocked.Increment(ref _count)}";
    private readonly int _nodes;
    private readonly int[] _ports;

    /// <param name="nodes">How many nodes there are at most, ≤ 100.</param>
    /// <param name="isIsolated">Hosts of their own, where that is possible.</param>
    public Network(int nodes, bool isIsolated = true)
    {
        _nodes = nodes;
        IsIsolated = isIsolated && Shell.IsRoot && Shell.Has("ip") && Shell.Has("iptables");
        _ports = [.. Enumerable.Range(0, nodes + 1).Select(_ => IsIsolated ? 4053 : LocalPort.Free())];
        if (!IsIsolated)
        {
            return;
        }

        try
        {
            Shell.Run(null, "ip", "netns", "add", Hub);
            Batch(Hub, "link set lo up\nlink add br0 type bridge\naddr add 10.99.0.1/24 dev br0\nlink set br0 up\n");
            for (int i = 0; i < nodes; i++)
            {
                Shell.Run(null, "ip", "netns", "add", Space(i));
                Shell.Run(null, "ip", "-n", Hub, "link", "add", $"v{i}", "type", "veth", "peer", "name", "eth0", "netns", Space(i));
                Batch(Hub, $"link set v{i} master br0\nlink set v{i} up\n");
                Batch(Space(i), $"link set lo up\naddr add {Host(i)}/24 dev eth0\nlink set eth0 up\n");
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>True if nodes are hosts of their own, so that there are network faults.</summary>
    public bool IsIsolated { get; }

    /// <summary>Where the database listens.</summary>
    public string DatabaseHost => IsIsolated ? "10.99.0.1" : "127.0.0.1";

    public int DatabasePort => IsIsolated ? 5432 : _ports[^1];

    public string Host(int node) => IsIsolated ? $"10.99.0.{10 + node}" : "127.0.0.1";

    public int Port(int node) => _ports[node];

    /// <summary>What a command begins with that runs on a node; null: where the database is.</summary>
    public string[] On(int? node) => IsIsolated ? ["ip", "netns", "exec", node is { } i ? Space(i) : Hub] : [];

    /// <summary>Nothing that <paramref name="from"/> sends reaches <paramref name="to"/> any more; null is the database.</summary>
    public void Cut(int? from, int? to) =>
        Tables(to, "-A", "INPUT", "-s", from is { } i ? Host(i) : DatabaseHost, "-j", "DROP");

    /// <summary>Of what a node is sent this share is lost.</summary>
    public void Lose(int node, double share) => Tables(
        node, "-A", "INPUT", "!", "-i", "lo", "-m", "statistic", "--mode", "random", "--probability",
        share.ToString("0.###", CultureInfo.InvariantCulture), "-j", "DROP");

    /// <summary>Ends all faults.</summary>
    public void Heal()
    {
        if (IsIsolated)
        {
            Tables(null, "-F", "INPUT");
            for (int i = 0; i < _nodes; i++)
            {
                Tables(i, "-F", "INPUT");
            }
        }
    }

    /// <summary>Connects as a process on the node would.</summary>
    public Stream Connect(int node, IPEndPoint to)
    {
        // A thread's namespace is that of the sockets it makes; the thread ends with it.
        Socket? socket = null;
        Exception? error = null;
        var thread = new Thread(() =>
        {
            try
            {
                if (IsIsolated)
                {
                    Enter($"/run/netns/{Space(node)}");
                }

                socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                socket.Connect(to);
            }
            catch (Exception e)
            {
                error = e;
                socket?.Dispose();
            }
        });
        thread.Start();
        thread.Join();
        return error is null ? new NetworkStream(socket!, ownsSocket: true) : throw new IOException(error.Message, error);
    }

    public void Dispose()
    {
        if (IsIsolated)
        {
            foreach (string space in Enumerable.Range(0, _nodes).Select(Space).Append(Hub))
            {
                Shell.Try(null, "ip", "netns", "del", space);
            }
        }
    }

    private string Hub => $"{_name}hub";

    private string Space(int node) => $"{_name}n{node}";

    private void Tables(int? node, params string[] rule) =>
        Shell.Run(null, [.. On(node), "iptables", "-w", .. rule]);

    private static void Batch(string space, string commands) => Shell.Run(commands, "ip", "-n", space, "-batch", "-");

    private static void Enter(string space)
    {
        // Not a FileStream: that asks a file for its position, and this one has none.
        int file = Open(space, 0);
        bool isIn = file >= 0 && SetNamespace(file, NewNet) == 0;
        _ = Close(file);
        if (!isIn)
        {
            throw new IOException($"no way into {space}");
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int file);

    [LibraryImport("libc", EntryPoint = "setns")]
    private static partial int SetNamespace(int file, int kind);
}
