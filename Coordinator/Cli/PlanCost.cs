using CalciumSweep.Shared.Spec;
using CalciumSweep.Worker;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>What a plan costs on this machine.</summary>
/// <param name="plan">The plan.</param>
/// <param name="pilot">Core time of a simulation.</param>
/// <param name="workers">Solver threads.</param>
public sealed class PlanCost(Plan plan, PilotEstimate pilot, int workers)
{
    // A double per kept observable, outcome and steps; before compression, so an upper end.
    private const int BytesPerSimulation = 6;

    /// <summary>Threads beyond the cores do not help.</summary>
    private readonly int _cores = Math.Min(workers, Environment.ProcessorCount);

    /// <summary>Lower end of the wall-clock time, s.</summary>
    public double LowSeconds => plan.Simulations * pilot.LowSeconds / _cores;

    /// <summary>Upper end of the wall-clock time, s.</summary>
    public double HighSeconds => plan.Simulations * pilot.HighSeconds / _cores;

    /// <summary>Disk space of the results, bytes.</summary>
    public double Bytes => plan.Spec.Keep == Keep.Points
        ? plan.Points * (72.0 + (24 * plan.ObserveIndex.Count))
        : plan.Simulations * (BytesPerSimulation + (8.0 * plan.ObserveIndex.Count));
}
