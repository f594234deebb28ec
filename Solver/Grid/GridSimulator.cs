using CalciumSweep.Solver.Engine;
using CalciumSweep.Solver.Lanes;

namespace CalciumSweep.Solver.Grid;

/// <summary>Sheets and boxes one after the other, with vectors of neighbouring cells.</summary>
/// <typeparam name="V">The lane type.</typeparam>
internal sealed class GridSimulator<V>(GridModel model) : ISimulator
    where V : unmanaged, ILanes<V>
{
    private const int StepsBetweenChecks = 64;

    /// <inheritdoc/>
    public int Width => V.Count;

    /// <inheritdoc/>
    public void Run(ISimulationFeed feed)
    {
        while (!feed.Stopping && feed.TryNext(out Simulation simulation))
        {
            double[] v = simulation.Parameters;
            using var fields = new GridFields<V>(model.MeshOf(v), model.MediumOf(v), model.P.Factor(v), model.Control);
            using IGridRun run = model.Rule.Start(fields, simulation);
            Run(feed, simulation, run);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private static void Run(ISimulationFeed feed, Simulation simulation, IGridRun run)
    {
        for (int step = 1; !feed.Stopping; step++)
        {
            run.Advance();
            if (run.TakeResult(out SimulationResult result))
            {
                feed.Complete(simulation, result);
                return;
            }

            if (step % StepsBetweenChecks == 0 && feed.Expired(simulation))
            {
                return;
            }
        }
    }
}
