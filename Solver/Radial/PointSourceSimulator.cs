using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Solver.Radial;

/// <summary>Solves point after point, each on meshes of doubled density until their extrapolation stands still.</summary>
/// <param name="width">Lanes as asked for; a steady state is found alone, so its bits cannot depend on it.</param>
internal sealed class PointSourceSimulator(int width) : ISimulator
{
    private const int Coarsest = 8, Finest = 512;
    private const double Accuracy = 1e-7;
    private const int Distance = 7;

    /// <inheritdoc/>
    public int Width => width;

    /// <inheritdoc/>
    public void Run(ISimulationFeed feed)
    {
        while (!feed.Stopping && feed.TryNext(out Simulation simulation))
        {
            feed.Complete(simulation, Solve(simulation.Parameters));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private static SimulationResult Solve(double[] v)
    {
        PointSource source = PointSourceModel.SourceOf(v);
        double r = v[Distance];
        if (Full(source, r) is not { } full)
        {
            return new(Outcome.Failed, "NoConvergence of the steady state", [.. Enumerable.Repeat(double.NaN, 6)], 0);
        }

        double length = double.IsFinite(source.Length) ? source.Length : double.NaN;
        return new(Outcome.None, null, [full.Calcium, full.Buffer, source.Excess(r), source.Rapid(r), source.Linear(r), length], full.Meshes);
    }

    private static (double Calcium, double Buffer, int Meshes)? Full(PointSource source, double r)
    {
        // A buffer that does not move is in equilibrium everywhere; none, and no source, change nothing.
        if (source.BufferDiffusion == 0 || source.Total == 0 || source.Source == 0)
        {
            double c = source.Rest + (source.Strength / (source.Diffusion * r));
            return (c, source.K * source.Total / (source.K + c), 0);
        }

        var mesh = new RadialMesh(source, r);
        (double Calcium, double Buffer)? coarse = null;
        double last = double.NaN;
        int meshes = 0;
        for (int parts = Coarsest; parts <= Finest; parts *= 2)
        {
            if (mesh.Solve(parts) is not { } fine)
            {
                return null;
            }

            meshes++;
            if (coarse is { } before)
            {
                // Of second order: a third of the difference is what is left.
                double calcium = fine.Calcium + ((fine.Calcium - before.Calcium) / 3), buffer = fine.Buffer + ((fine.Buffer - before.Buffer) / 3);
                if (Math.Abs(calcium - last) <= Accuracy * (calcium - source.Rest) || parts == Finest)
                {
                    return (calcium, Math.Max(0, buffer), meshes);
                }

                last = calcium;
            }

            coarse = fine;
        }

        return null;
    }
}
