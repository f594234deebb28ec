namespace CalciumSweep.Chaos;

/// <summary>What goes wrong in a run, drawn from its seed alone.</summary>
internal sealed class Schedule
{
    /// <summary>Seconds from the first result on in which faults begin.</summary>
    private const double Window = 8;
    private readonly Random _random;
    private readonly Cluster _cluster;

    private Schedule(Random random, Cluster cluster) => (_random, _cluster) = (random, cluster);

    /// <summary>Three to six faults, in the order of their times.</summary>
    /// <param name="random">Of the seed.</param>
    /// <param name="cluster">What they do harm to.</param>
    public static IReadOnlyList<Fault> Draw(Random random, Cluster cluster)
    {
        var schedule = new Schedule(random, cluster);
        Func<Fault>[] kinds = schedule.Kinds();
        return [.. Enumerable.Range(0, random.Next(3, 7)).Select(_ => kinds[random.Next(kinds.Length)]()).OrderBy(fault => fault.At)];
    }

    private Func<Fault>[] Kinds() =>
    [
        () => Kill([Any(_cluster.Workers)]),
        () => Kill([Any(_cluster.Workers)]),
        () => Kill([Any(_cluster.Coordinators)]),
        () => Kill([Any(_cluster.Coordinators)]),
        () => Kill([.. _cluster.Coordinators]),
        () => Kill([.. _cluster.Nodes]),
        Leave,
        KillDatabase,
        KillDatabase,
        PowerCut,
        () => Freeze(Any(_cluster.Nodes)),
        () => Freeze(Any(_cluster.Nodes)),
        FreezeDatabase,
        .. _cluster.Network.IsIsolated ? (Func<Fault>[])[Isolate, Partition, OneWay, OneWay, Lossy] : [],
        .. _cluster.HasDisks ? (Func<Fault>[])[FullDisk, FullDiskAndNoDatabase] : [],
        .. _cluster.HasFakeTime ? (Func<Fault>[])[ClockJump, ClockJump, ClockJump] : [],
    ];

    private Fault Kill(Node[] nodes) => New(
        1, 4, $"kill -9 of {Names(nodes)}",
        () => Down(nodes, Shell.SigKill),
        () => Up(nodes),
        nodes);

    private Fault Leave()
    {
        Node[] nodes = [Any(_cluster.Nodes)];
        return New(2, 5, $"SIGTERM to {Names(nodes)}", () => Down(nodes, Shell.SigTerm), () => Up(nodes), nodes);
    }

    private Fault KillDatabase() => New(
        1, 6, "kill -9 of PostgreSQL", KillRunning, StartDatabase);

    private Fault PowerCut() => New(
        1, 4, "kill -9 of everything",
        () =>
        {
            Down(_cluster.Nodes, Shell.SigKill);
            KillRunning();
        },
        () =>
        {
            StartDatabase();
            Up(_cluster.Nodes);
        },
        [.. _cluster.Nodes]);

    private Fault Freeze(Node node) => New(
        1, 8, $"SIGSTOP of {node.Name}",
        () => node.Signal(Shell.SigStop),
        () => node.Signal(Shell.SigContinue),
        [node]);

    private Fault FreezeDatabase() => New(
        1, 6, "SIGSTOP of PostgreSQL",
        () => IfRunning(_cluster.Database.Freeze),
        () => IfRunning(_cluster.Database.Thaw));

    // From everybody, the database too.
    private Fault Isolate()
    {
        Node node = Any(_cluster.Nodes);
        return New(
            2, 10, $"{node.Name} is cut off from all",
            () =>
            {
                foreach (int? other in (int?[])[.. Others(node), null])
                {
                    _cluster.Network.Cut(node.Number, other);
                    _cluster.Network.Cut(other, node.Number);
                }
            },
            _cluster.Network.Heal, [node]);
    }

    // From the other nodes; the database goes on taking its results.
    private Fault Partition()
    {
        Node node = Any(_cluster.Nodes);
        return New(
            2, 10, $"{node.Name} is cut off from the other nodes",
            () =>
            {
                foreach (int? other in Others(node))
                {
                    _cluster.Network.Cut(node.Number, other);
                    _cluster.Network.Cut(other, node.Number);
                }
            },
            _cluster.Network.Heal, [node]);
    }

    private Fault OneWay()
    {
        Node from = Any(_cluster.Nodes);
        int? to = _random.Next(4) == 0 ? null : Any(_cluster.Nodes.Where(node => node != from)).Number;
        return New(
            2, 10, $"nothing from {from.Name} reaches {(to is { } node ? _cluster.Nodes[node].Name : "PostgreSQL")}",
            () => _cluster.Network.Cut(from.Number, to), _cluster.Network.Heal, [from]);
    }

    private Fault Lossy()
    {
        Node node = Any(_cluster.Nodes);
        double share = _random.Next(1, 4) * 0.1;
        return New(
            3, 8, FormattableString.Invariant($"{share:P0} of what {node.Name} is sent is lost"),
            () => _cluster.Network.Lose(node.Number, share), _cluster.Network.Heal, [node]);
    }

    private Fault FullDisk()
    {
        Node node = Any(_cluster.Nodes);
        return New(2, 6, $"the disk of {node.Name} is full", () => _cluster.FillDisk(node.Number), () => Free(node));
    }

    // What a worker would spill then has no place.
    private Fault FullDiskAndNoDatabase()
    {
        Node node = Any(_cluster.Workers);
        return New(
            3, 8, $"PostgreSQL is away and the disk of {node.Name} is full",
            () =>
            {
                _cluster.FillDisk(node.Number);
                KillRunning();
            },
            () =>
            {
                Free(node);
                StartDatabase();
            });
    }

    private Fault ClockJump()
    {
        Node node = Any(_cluster.Nodes);
        var offset = TimeSpan.FromSeconds(new[] { -7200, -300, -15, 15, 300, 3600, 86400 }[_random.Next(7)]);
        return New(
            2, 6, $"the clock of {node.Name} jumps by {offset.TotalSeconds:0} s",
            () => _cluster.SetClock(node.Number, offset), () => _cluster.SetClock(node.Number, TimeSpan.Zero));
    }

    private Fault New(double shortest, double longest, string what, Action begin, Action end, params Node[] nodes) =>
        new(_random.NextDouble() * Window, shortest + (_random.NextDouble() * (longest - shortest)), what, begin, end)
        {
            // Without a coordinator all leases are somebody's memory; a database that was away makes reports late.
            Workers = nodes.Length == 0 || nodes.Any(node => node.IsCoordinator) ? _cluster.Workers.Count() : nodes.Length,
        };

    private Node Any(IEnumerable<Node> nodes)
    {
        Node[] all = [.. nodes];
        return all[_random.Next(all.Length)];
    }

    private IEnumerable<int?> Others(Node node) => _cluster.Nodes.Where(other => other != node).Select(other => (int?)other.Number);

    private static string Names(Node[] nodes) => string.Join(", ", nodes.Select(node => node.Name));

    private static void Down(IReadOnlyCollection<Node> nodes, int signal)
    {
        foreach (Node node in nodes)
        {
            node.IsWanted = false;
            node.Signal(Shell.SigContinue);
            node.Signal(signal);
        }
    }

    private static void Up(IReadOnlyCollection<Node> nodes)
    {
        foreach (Node node in nodes)
        {
            if (node.IsRunning)
            {
                // It takes its time to leave: then it is killed, as a supervisor would.
                node.Signal(Shell.SigKill);
                SpinWait.SpinUntil(() => !node.IsRunning, TimeSpan.FromSeconds(5));
            }

            node.Start();
        }
    }

    private static void Free(Node node) => File.Delete(Path.Combine(node.Folder, "filler"));

    private void KillRunning() => IfRunning(() =>
    {
        _cluster.Database.Thaw();
        _cluster.Database.Kill();
    });

    private void StartDatabase()
    {
        if (!_cluster.Database.IsRunning)
        {
            _cluster.Database.Start();
        }
    }

    private void IfRunning(Action act)
    {
        if (_cluster.Database.IsRunning)
        {
            act();
        }
    }
}
