using System.Diagnostics;
using System.Diagnostics.Metrics;
using CalciumSweep.Shared;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Worker;

/// <summary>What is counted when a grain is finished; docs/metrics.md has the names as they are exported.</summary>
internal static class WorkerMeter
{
    private static readonly Counter<long> _steps = Signals.Meter.CreateCounter<long>(
        "calciumsweep.solver.steps", description: "Accepted time steps of finished simulations, by scenario and its mechanisms");

    /// <summary>Steps of a model's simulations, counted a grain at a time: nothing is counted inside a simulator.</summary>
    public static void AddSteps(long steps, in TagList model) => _steps.Add(steps, model);

    /// <summary>The labels of a model.</summary>
    public static TagList Labels(Model model) => new()
    {
        { "scenario", model.Scenario },
        { "mechanisms", model.MechanismNames.Count == 0 ? "none" : string.Join(' ', model.MechanismNames) },
    };
}
