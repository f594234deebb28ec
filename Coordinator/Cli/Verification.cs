using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>Recomputes a random sample of stored simulations and compares bits.</summary>
/// <param name="stored">The campaign.</param>
/// <param name="seed">Chooses the sample.</param>
public sealed class Verification(CampaignSimulations stored, int seed)
{
    /// <summary>Recomputes.</summary>
    /// <param name="size">Simulations in the sample; all if the campaign has fewer.</param>
    /// <param name="stop">Ends it early.</param>
    /// <returns>The sample, and whether each came out the same.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public IReadOnlyList<(StoredSimulation Stored, bool IsSame)> Run(int size, CancellationToken stop)
    {
        List<StoredSimulation> sample = Sample(size);
        Model model = stored.Plan.Model;
        Simulation[] again = [.. sample.Select((s, i) => Again(model, s, i))];
        var queue = new SimulationQueue(model, again, stop);
        using (ISimulator simulator = model.NewSimulator(LaneWidth.Best))
        {
            simulator.Run(queue);
        }

        stop.ThrowIfCancellationRequested();
        return [.. sample.Select((s, i) => (s, IsSame(s, queue.Results[i]!.Value)))];
    }

    // Algorithm R: every simulation has the same chance, however many there are.
    private List<StoredSimulation> Sample(int size)
    {
        var random = new Random(seed);
        var sample = new List<StoredSimulation>(Math.Min(size, 4096));
        long seen = 0;
        foreach (StoredSimulation simulation in stored.Simulations)
        {
            seen++;
            if (sample.Count < size)
            {
                sample.Add(simulation);
            }
            else if (random.NextInt64(seen) is var at && at < size)
            {
                sample[(int)at] = simulation;
            }
        }

        return sample;
    }

    private Simulation Again(Model model, StoredSimulation simulation, int at)
    {
        double[] point = stored.Plan.Parameters(simulation.Point);
        return new(point, model.StreamKey(point, stored.Plan.Spec.Seed), (uint)simulation.Replicate) { Index = at };
    }

    private bool IsSame(StoredSimulation simulation, in SimulationResult again)
    {
        if (simulation.Outcome != again.Outcome)
        {
            return false;
        }

        for (int k = 0; k < simulation.Observables.Length; k++)
        {
            if (Bits(simulation.Observables[k]) != Bits(again.Observables[stored.Plan.ObserveIndex[k]]))
            {
                return false;
            }
        }

        return true;
    }

    // Whatever is no number is "not applicable".
    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(double.IsFinite(value) ? value : double.NaN);
}
