using CalciumSweep.Shared.Messages;

namespace CalciumSweep.Coordinator.Campaigns;

/// <summary>What the lease table answers to a statement, or to workers that are given up.</summary>
/// <param name="Next">The table from now on.</param>
/// <param name="Granted">Grains for the worker that spoke.</param>
/// <param name="Recalled">Grains to be taken back from others for it, if they are not begun.</param>
/// <param name="Fed">Workers that wanted more than there was, now that there is something again.</param>
public sealed record LeaseAnswer(
    Leases Next, GrainSet Granted, IReadOnlyList<(WorkerId Worker, GrainSet Grains)> Recalled, IReadOnlyList<WorkerId> Fed)
{
    /// <summary>How many grains that are not begun the worker is to hold at most.</summary>
    public int QueueLimit { get; init; } = int.MaxValue;
}
