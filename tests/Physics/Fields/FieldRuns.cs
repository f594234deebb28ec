using CalciumSweep.Shared.Scenarios;
using CalciumSweep.Solver.Engine;
using CalciumSweep.Unit;

namespace CalciumSweep.Physics.Fields;

/// <summary>Runs fields along a cable, any points at any width, and hands out states.</summary>
internal static class FieldRuns
{
    public static ScenarioDefinition Read(string name) =>
        ScenarioReader.Parse(File.ReadAllText(Repository.PathOf("scenarios", $"{name}.yaml")), name);

    public static double[] With(this Model model, params (string Name, double Value)[] set)
    {
        double[] values = model.Defaults();
        foreach (var (name, value) in set)
        {
            values[model.IndexOf(name)] = value;
        }

        return values;
    }

    public static double Value(this Model model, in SimulationResult result, string observable) =>
        result.Observables[model.Observables.ToList().FindIndex(o => o.Name == observable)];

    public static SimulationResult Run(this Model model, params (string Name, double Value)[] set) =>
        Run(model, 1, [model.With(set)])[0];

    public static SimulationResult[] Run(Model model, int width, IReadOnlyList<double[]> points)
    {
        var feed = new Feed(model, points);
        using ISimulator simulator = model.NewSimulator(width);
        simulator.Run(feed);
        return feed.Results;
    }

    private sealed class Feed(Model model, IReadOnlyList<double[]> points) : ISimulationFeed
    {
        private readonly bool[] _taken = new bool[points.Count];

        public SimulationResult[] Results { get; } = new SimulationResult[points.Count];

        public bool Stopping => false;

        public bool TryNext(out Simulation simulation) => Take(_ => true, out simulation);

        public bool TryNext(int shape, out Simulation simulation) => Take(i => model.Shape(points[i]) == shape, out simulation);

        public void Complete(Simulation simulation, in SimulationResult result) => Results[simulation.Index] = result;

        public bool Expired(Simulation simulation) => false;

        private bool Take(Func<int, bool> fits, out Simulation simulation)
        {
            for (int i = 0; i < points.Count; i++)
            {
                if (!_taken[i] && fits(i))
                {
                    _taken[i] = true;
                    simulation = new Simulation(points[i], 0, 0) { Index = i };
                    return true;
                }
            }

            simulation = null!;
            return false;
        }
    }
}
