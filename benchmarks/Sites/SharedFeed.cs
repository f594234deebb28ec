using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Benchmarks.Sites;

/// <summary>Simulations in order of shape, shared by the threads that ask for them.</summary>
internal sealed class SharedFeed
{
    private readonly Lock _gate = new();
    private readonly Dictionary<int, Queue<Simulation>> _byShape = [];
    private readonly List<int> _shapes = [];
    private readonly Model _model;

    public SharedFeed(Model model) => _model = model;

    public List<SimulationResult> Results { get; } = [];

    public int Count { get; private set; }

    /// <summary>Queues the replicates of a point; returns the index of the first of them in <see cref="Results"/>.</summary>
    public int Add(int replicates, ulong seed, params (string Name, double Value)[] set)
    {
        double[] v = _model.Defaults();
        foreach (var (name, value) in set)
        {
            v[_model.IndexOf(name)] = value;
        }

        ulong key = _model.StreamKey(v, seed);
        int shape = _model.Shape(v), first = Count;
        if (!_byShape.TryGetValue(shape, out var queue))
        {
            _byShape[shape] = queue = new();
            _shapes.Add(shape);
        }

        for (int r = 0; r < replicates; r++)
        {
            queue.Enqueue(new Simulation(v, key, (uint)r) { Index = Count++ });
            Results.Add(default);
        }

        return first;
    }

    /// <summary>Runs all of them.</summary>
    public void Run(int threads, int width)
    {
        Thread[] all = [.. Enumerable.Range(0, threads).Select(i => new Thread(() =>
        {
            using ISimulator simulator = _model.NewSimulator(width);
            simulator.Run(new Feed(this));
            lock (_gate)
            {
                Work.Add((simulator as CalciumSweep.Solver.Cable.IWorkReport)!.Work);
            }
        }))];
        foreach (var t in all)
        {
            t.Start();
        }

        foreach (var t in all)
        {
            t.Join();
        }
    }

    public List<CalciumSweep.Solver.Cable.CableWork> Work { get; } = [];

    private bool TryNext(int? shape, out Simulation simulation)
    {
        lock (_gate)
        {
            simulation = null!;
            foreach (int s in _shapes)
            {
                if ((shape is null || s == shape) && _byShape[s].TryDequeue(out simulation!))
                {
                    return true;
                }
            }

            return false;
        }
    }

    private sealed class Feed(SharedFeed shared) : ISimulationFeed
    {
        public bool Stopping => false;

        public bool TryNext(out Simulation simulation) => shared.TryNext(null, out simulation);

        public bool TryNext(int shape, out Simulation simulation) => shared.TryNext(shape, out simulation);

        public void Complete(Simulation simulation, in SimulationResult result) => shared.Results[(int)simulation.Index] = result;

        public bool Expired(Simulation simulation) => false;
    }
}
