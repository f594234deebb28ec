using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Physics.ExactScenarios;

/// <summary>Feeds the replicates of one point and keeps their results in order of replicate.</summary>
internal sealed class CollectingFeed(double[] parameters, ulong key, int replicates) : ISimulationFeed
{
    private int _next;

    public SimulationResult[] Results { get; } = new SimulationResult[replicates];

    public bool Stopping => false;

    /// <summary>Runs a scenario with some parameters set.</summary>
    public static SimulationResult[] Run(
        Model model, int replicates, ulong seed, params (string Name, double Value)[] set)
    {
        double[] parameters = model.Defaults();
        foreach ((string name, double value) in set)
        {
            parameters[model.IndexOf(name)] = value;
        }

        Assert.Null(model.Check(parameters));
        var feed = new CollectingFeed(parameters, model.StreamKey(parameters, seed), replicates);
        using ISimulator simulator = model.NewSimulator(1);
        simulator.Run(feed);
        return feed.Results;
    }

    public bool TryNext(out Simulation simulation)
    {
        simulation = new(parameters, key, (uint)_next) { Index = _next };
        return _next++ < replicates;
    }

    public bool TryNext(int shape, out Simulation simulation) => TryNext(out simulation);

    public void Complete(Simulation simulation, in SimulationResult result) => Results[simulation.Index] = result;

    public bool Expired(Simulation simulation) => false;
}
