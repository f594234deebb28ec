using System.Diagnostics;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Worker;

/// <summary>Hands out replicate 0 of some points until a time is up.</summary>
internal sealed class PilotFeed(Plan plan, IReadOnlyList<long> points, TimeSpan budget) : ISimulationFeed
{
    private readonly List<Simulation> _waiting = [.. points.Select(point => NewSimulation(plan, point))];
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>Steps of each simulation that was done.</summary>
    public List<long> Steps { get; } = [];

    public bool Stopping => Stopwatch.GetElapsedTime(_start) > budget;

    public bool TryNext(out Simulation simulation) => TryTake(0, out simulation);

    public bool TryNext(int shape, out Simulation simulation) =>
        TryTake(_waiting.FindIndex(s => plan.Model.Shape(s.Parameters) == shape), out simulation);

    public void Complete(Simulation simulation, in SimulationResult result) => Steps.Add(result.Steps);

    public bool Expired(Simulation simulation) => Stopping;

    private static Simulation NewSimulation(Plan plan, long point)
    {
        double[] values = plan.Parameters(point);
        return new(values, plan.Model.StreamKey(values, plan.Spec.Seed), 0) { Index = point };
    }

    private bool TryTake(int at, out Simulation simulation)
    {
        bool any = at >= 0 && at < _waiting.Count;
        simulation = any ? _waiting[at] : null!;
        if (any)
        {
            _waiting.RemoveAt(at);
        }

        return any;
    }
}
