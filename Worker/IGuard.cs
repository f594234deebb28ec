using CalciumSweep.Shared.Spec;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Worker;

/// <summary>
/// Computes simulations where they can do no harm: in a process of its own, that may crash, hang or be killed.
/// </summary>
public interface IGuard
{
    /// <summary>A simulator of the plan's model that throws when its process ends, and can be used again after that.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="width">Lanes.</param>
    ISimulator NewSimulator(Plan plan, int width);
}
