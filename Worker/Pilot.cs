using CalciumSweep.Shared.Spec;

namespace CalciumSweep.Worker;

/// <summary>Placeholder.</summary>
public static class Pilot
{
    /// <summary>Runs pilot points.</summary>
    public static PilotEstimate Run(Plan plan, int width, TimeSpan budget) => throw new NotSupportedException(plan.Identity + width + budget);
}
