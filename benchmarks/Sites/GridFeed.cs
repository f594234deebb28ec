using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Benchmarks.Sites;

/// <summary>The grid of examples/wave-map.yaml, thinned, fed to one simulator in order of shape.</summary>
internal sealed class GridFeed : ISimulationFeed
{
    private readonly List<Simulation> _waiting = [];
    private readonly Dictionary<int, Queue<Simulation>> _byShape = [];

    public GridFeed(Model model, int replicates, int stride = 4)
    {
        for (int i = 0; i < 65; i += stride)
        {
            for (int g = 0; g < 33; g += stride)
            {
                double[] v = model.Defaults();
                v[model.IndexOf("mesh.dx")] = 0.4;
                v[model.IndexOf("sites.spacing")] = 0.5 + (3.5 * i / 64);
                v[model.IndexOf("release.gain")] = 0.25 * Math.Pow(16, g / 32.0);
                ulong key = model.StreamKey(v, 1);
                int shape = model.Shape(v);
                if (!_byShape.TryGetValue(shape, out var q)) _byShape[shape] = q = new();
                for (int r = 0; r < replicates; r++) q.Enqueue(new Simulation(v, key, (uint)r));
            }
        }
    }

    public int Done { get; private set; }
    public long Steps { get; private set; }
    public Dictionary<Outcome, int> Outcomes { get; } = [];
    public bool Stopping => false;

    public bool TryNext(out Simulation simulation)
    {
        foreach (var (shape, q) in _byShape) if (q.Count > 0) { simulation = q.Dequeue(); return true; }
        simulation = null!;
        return false;
    }

    public bool TryNext(int shape, out Simulation simulation)
    {
        bool found = _byShape[shape].TryDequeue(out var s);
        simulation = s!;
        return found;
    }

    public void Complete(Simulation simulation, in SimulationResult result)
    {
        Done++;
        Steps += result.Steps;
        Outcomes[result.Outcome] = Outcomes.GetValueOrDefault(result.Outcome) + 1;
    }

    public bool Expired(Simulation simulation) => false;
}
