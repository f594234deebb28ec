using System.Diagnostics;

namespace CalciumSweep.Solver.Engine;

/// <summary>
/// A scenario whose simulations do harm where they are told to: what is around the solver has to survive them. The others
/// sleep for a stated time, so that many processes can be busy on few cores. No built-in scenario uses it: a file with
/// <c>geometry: { use: hazard }</c> does (tests/chaos).
/// </summary>
/// <param name="definition">The scenario file.</param>
public sealed class HazardModel(ScenarioDefinition definition) : Model
{
    private const int Crash = 1, Hang = 2, Memory = 3, NotANumber = 4;

    /// <inheritdoc/>
    public override string Scenario => definition.Name;

    /// <inheritdoc/>
    public override string Summary => definition.Summary;

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterInfo> Parameters { get; } =
    [
        new("x", "1", 0, -1e9, 1e9, "any number; the outcome is wave where x > y", "none"),
        new("y", "1", 0, -1e9, 1e9, "any number", "none"),
        new("pause", "s", 0, 0, 60, "time to sleep", "none"),
        new("hazard", "1", 0, 0, 4, "0 none, 1 kills its process, 2 hangs, 3 takes all memory, 4 observes NaN", "none"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<ObservableInfo> Observables { get; } =
    [
        new("draw", "1", "a number in [0, 1) that depends on point, seed and replicate only; NaN with hazard 4"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> DefaultObservables => ["draw"];

    /// <inheritdoc/>
    public override IReadOnlyList<Outcome> Outcomes => [Outcome.Quiescent, Outcome.Wave];

    /// <inheritdoc/>
    public override bool IsStochastic => true;

    /// <inheritdoc/>
    public override string Identity => "hazard 1";

    /// <inheritdoc/>
    public override ISimulator NewSimulator(int width) => new Simulator(width);

    private static void Harm(int hazard)
    {
        switch (hazard)
        {
            case Crash:
                Process.GetCurrentProcess().Kill();
                break;
            case Hang:
                Thread.Sleep(Timeout.Infinite);
                break;
            case Memory:
                var taken = new List<byte[]>();
                while (true)
                {
                    taken.Add(GC.AllocateUninitializedArray<byte>(1 << 24));
                    taken[^1].AsSpan().Fill(1);
                }
        }
    }

    private sealed class Simulator(int width) : ISimulator
    {
        public int Width => width;

        public void Run(ISimulationFeed feed)
        {
            while (!feed.Stopping && feed.TryNext(out Simulation simulation))
            {
                double x = simulation.Parameters[0], y = simulation.Parameters[1];
                var hazard = (int)simulation.Parameters[3];
                Harm(hazard);
                if (simulation.Parameters[2] > 0)
                {
                    Thread.Sleep(TimeSpan.FromSeconds(simulation.Parameters[2]));
                }

                ulong bits = (simulation.StreamKey ^ (simulation.Replicate + 1UL)) * 0x9E3779B97F4A7C15UL;
                bits = (bits ^ (bits >> 29)) * 0xBF58476D1CE4E5B9UL;
                double draw = hazard == NotANumber ? double.NaN : (bits >> 11) * (1.0 / (1UL << 53));
                feed.Complete(simulation, new(x > y ? Outcome.Wave : Outcome.Quiescent, null, [draw], 1));
            }
        }

        public void Dispose()
        {
        }
    }
}
