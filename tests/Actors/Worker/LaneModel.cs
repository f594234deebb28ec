using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Actors.Worker;

/// <summary>
/// A model whose simulator fills all its lanes before it ends one, as a real one does: simulations of one shape together.
/// <c>act</c> is called for every lane at every step and says whether that simulation was dropped.
/// </summary>
internal sealed class LaneModel(Func<Simulation, ISimulationFeed, bool> act, Func<double, int> shape) : Model
{
    private readonly NoOpModel _names = new(new ScenarioDefinition(
        "no-op", "Nothing.", [], new Dictionary<string, ParameterOverride>(StringComparer.Ordinal), []));

    /// <summary>The bundles that were advanced: x of each simulation in them.</summary>
    public System.Collections.Concurrent.ConcurrentQueue<double[]> Bundles { get; } = [];

    public override string Scenario => _names.Scenario;

    public override string Summary => _names.Summary;

    public override IReadOnlyList<ParameterInfo> Parameters => _names.Parameters;

    public override IReadOnlyList<ObservableInfo> Observables => _names.Observables;

    public override IReadOnlyList<string> DefaultObservables => _names.DefaultObservables;

    public override IReadOnlyList<Outcome> Outcomes => _names.Outcomes;

    public override bool IsStochastic => true;

    public override string Identity => "lanes";

    public override int Shape(ReadOnlySpan<double> parameters) => shape(parameters[0]);

    public override ISimulator NewSimulator(int width) => new Simulator(this, width);

    private sealed class Simulator(LaneModel model, int width) : ISimulator
    {
        public int Width => width;

        public void Run(ISimulationFeed feed)
        {
            while (!feed.Stopping && feed.TryNext(out Simulation first))
            {
                int shape = model.Shape(first.Parameters);
                List<Simulation> lanes = [first];
                while (lanes.Count > 0)
                {
                    while (lanes.Count < width && feed.TryNext(shape, out Simulation next))
                    {
                        lanes.Add(next);
                    }

                    model.Bundles.Enqueue([.. lanes.Select(lane => lane.Parameters[0])]);
                    if (lanes.RemoveAll(lane => model.Act(lane, feed)) == 0)
                    {
                        Simulation done = lanes[0];
                        lanes.RemoveAt(0);
                        feed.Complete(done, new(Outcome.Wave, null, [done.Parameters[0], 0], 1));
                    }
                }
            }
        }

        public void Dispose()
        {
        }
    }

    private bool Act(Simulation simulation, ISimulationFeed feed) => act(simulation, feed);
}
