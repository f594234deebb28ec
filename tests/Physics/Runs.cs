using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Physics;

/// <summary>Runs simulations of one point on the calling thread.</summary>
internal static class Runs
{
    public static IReadOnlyList<SimulationResult> Of(
        Model model, int count, int width, params (string Name, double Value)[] set) =>
        Of(model, count, width, null, set);

    public static IReadOnlyList<SimulationResult> Of(
        Model model, int count, int width, ITrace? trace, params (string Name, double Value)[] set) => Of(model, count, width, trace, null, set);

    /// <summary>With random numbers that do not depend on the parameters: differences between points are less noisy than the points are.</summary>
    public static IReadOnlyList<SimulationResult> OfCommonStream(
        Model model, int count, int width, params (string Name, double Value)[] set) => Of(model, count, width, null, 1, set);

    private static SimulationResult[] Of(
        Model model, int count, int width, ITrace? trace, ulong? key, (string Name, double Value)[] set)
    {
        double[] values = model.Defaults();
        foreach (var (name, value) in set)
        {
            values[model.IndexOf(name)] = value;
        }

        Assert.Null(model.Check(values));
        var feed = new Feed(count, values, key ?? model.StreamKey(values, 1), trace);
        using ISimulator simulator = model.NewSimulator(width);
        simulator.Run(feed);
        return feed.Results;
    }

    /// <summary>Mean and standard error of an observable over the simulations where it applies.</summary>
    public static (double Mean, double Error, int N) Mean(
        this IReadOnlyList<SimulationResult> results, Model model, string observable)
    {
        int index = model.Observables.ToList().FindIndex(o => o.Name == observable);
        double[] x = [.. results.Select(r => r.Observables[index]).Where(v => !double.IsNaN(v))];
        double mean = x.Average(), variance = x.Sum(v => (v - mean) * (v - mean)) / (x.Length - 1);
        return (mean, Math.Sqrt(variance / x.Length), x.Length);
    }

    private sealed class Feed(int count, double[] values, ulong key, ITrace? trace) : ISimulationFeed
    {
        private int _next;

        public SimulationResult[] Results { get; } = new SimulationResult[count];

        public bool Stopping => false;

        public bool TryNext(out Simulation simulation)
        {
            simulation = _next < count
                ? new Simulation(values, key, (uint)_next) { Index = _next, Trace = trace }
                : null!;
            return _next++ < count;
        }

        public bool TryNext(int shape, out Simulation simulation) => TryNext(out simulation);

        public void Complete(Simulation simulation, in SimulationResult result) => Results[simulation.Index] = result;

        public bool Expired(Simulation simulation) => false;
    }
}
