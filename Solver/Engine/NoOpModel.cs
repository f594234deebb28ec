using System.Diagnostics;

namespace CalciumSweep.Solver.Engine;

/// <summary>
/// A scenario that does nothing, or spins for a stated time: measures what a simulation costs outside the solver, and
/// lets the machinery around the solver be tested with a known answer.
/// </summary>
/// <param name="definition">The scenario file.</param>
public sealed class NoOpModel(ScenarioDefinition definition) : Model
{
    /// <inheritdoc/>
    public override string Scenario => definition.Name;

    /// <inheritdoc/>
    public override string Summary => definition.Summary;

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterInfo> Parameters { get; } =
    [
        new("x", "1", 0, -1e9, 1e9, "any number; the outcome is wave where x > y", "none"),
        new("y", "1", 0, -1e9, 1e9, "any number", "none"),
        new("cost", "s", 0, 0, 60, "core time to spend", "none"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<ObservableInfo> Observables { get; } =
    [
        new("sum", "1", "x + y"),
        new("draw", "1", "a number in [0, 1) that depends on point, seed and replicate only"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> DefaultObservables => ["sum", "draw"];

    /// <inheritdoc/>
    public override IReadOnlyList<Outcome> Outcomes => [Outcome.Quiescent, Outcome.Wave];

    /// <inheritdoc/>
    public override bool IsStochastic => true;

    /// <inheritdoc/>
    public override string Identity => "no-op 1";

    /// <inheritdoc/>
    public override ISimulator NewSimulator(int width) => new Simulator(width);

    private sealed class Simulator(int width) : ISimulator
    {
        public int Width => width;

        public void Run(ISimulationFeed feed)
        {
            while (!feed.Stopping && feed.TryNext(out Simulation simulation))
            {
                double x = simulation.Parameters[0], y = simulation.Parameters[1];
                long until = Stopwatch.GetTimestamp() + (long)(simulation.Parameters[2] * Stopwatch.Frequency);
                while (Stopwatch.GetTimestamp() < until)
                {
                    Thread.SpinWait(20);
                }

                ulong bits = (simulation.StreamKey ^ (simulation.Replicate + 1UL)) * 0x9E3779B97F4A7C15UL;
                bits = (bits ^ (bits >> 29)) * 0xBF58476D1CE4E5B9UL;
                Outcome outcome = x > y ? Outcome.Wave : Outcome.Quiescent;
                feed.Complete(simulation, new(outcome, null, [x + y, (bits >> 11) * (1.0 / (1UL << 53))], 1));
            }
        }

        public void Dispose()
        {
        }
    }
}
