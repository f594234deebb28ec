using CalciumSweep.Solver.Cable;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Benchmarks.Sites;

/// <summary>Simulations in order of shape, for the threads that ask for them.</summary>
internal sealed class SimulationPool(Model model)
{
    private readonly Lock _gate = new();
    private readonly List<(int Shape, Queue<Simulation> Waiting)> _shapes = [];
    private readonly List<SimulationResult> _results = [];

    /// <summary>Results, in the order in which the simulations were added.</summary>
    public IReadOnlyList<SimulationResult> Results => _results;

    /// <summary>Queues the replicates of a point.</summary>
    /// <returns>Index of the first of them in <see cref="Results"/>.</returns>
    public int Add(int replicates, ulong seed, params ReadOnlySpan<(string Name, double Value)> set)
    {
        double[] v = model.Defaults();
        foreach (var (name, value) in set)
        {
            v[model.IndexOf(name)] = value;
        }

        ulong key = model.StreamKey(v, seed);
        int shape = model.Shape(v), first = _results.Count, at = _shapes.FindIndex(s => s.Shape == shape);
        if (at < 0)
        {
            at = _shapes.Count;
            _shapes.Add((shape, new()));
        }

        for (int r = 0; r < replicates; r++)
        {
            _shapes[at].Waiting.Enqueue(new Simulation(v, key, (uint)r) { Index = _results.Count });
            _results.Add(default);
        }

        return first;
    }

    /// <summary>Runs all of them.</summary>
    /// <returns>What each thread did.</returns>
    public IReadOnlyList<CableWork> Run(int threads, int width)
    {
        var work = new CableWork[threads];
        Thread[] all = [.. Enumerable.Range(0, threads).Select(i => new Thread(() =>
        {
            using ISimulator simulator = model.NewSimulator(width);
            simulator.Run(new Feed(this));
            work[i] = ((IWorkReport)simulator).Work;
        }))];
        Array.ForEach(all, t => t.Start());
        Array.ForEach(all, t => t.Join());
        return work;
    }

    private bool TryNext(int? shape, out Simulation simulation)
    {
        lock (_gate)
        {
            simulation = null!;
            foreach (var (found, waiting) in _shapes)
            {
                if ((shape is null || found == shape) && waiting.TryDequeue(out simulation!))
                {
                    return true;
                }
            }

            return false;
        }
    }

    private sealed class Feed(SimulationPool pool) : ISimulationFeed
    {
        public bool Stopping => false;

        public bool TryNext(out Simulation simulation) => pool.TryNext(null, out simulation);

        public bool TryNext(int shape, out Simulation simulation) => pool.TryNext(shape, out simulation);

        public void Complete(Simulation simulation, in SimulationResult result)
        {
            lock (pool._gate)
            {
                pool._results[(int)simulation.Index] = result;
            }
        }

        public bool Expired(Simulation simulation) => false;
    }
}
