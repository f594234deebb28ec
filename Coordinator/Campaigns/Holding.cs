using CalciumSweep.Shared.Messages;

namespace CalciumSweep.Coordinator.Campaigns;

/// <summary>What one worker holds, as far as the coordinator knows.</summary>
/// <param name="Held">What it stated, and what it was granted in answer.</param>
/// <param name="Statement">Number of its latest statement.</param>
/// <param name="Until">When it is given up unless it speaks again.</param>
public sealed record Holding(GrainSet Held, long Statement, DateTimeOffset Until);
