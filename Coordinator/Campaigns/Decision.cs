using CalciumSweep.Shared.Messages;

namespace CalciumSweep.Coordinator.Campaigns;

/// <summary>What a campaign decided: first the events are persisted, then the reply and the notices are sent.</summary>
/// <param name="Events">What is to be persisted and applied; may be empty.</param>
/// <param name="Leases">The lease table from now on; null leaves it as it is.</param>
/// <param name="Reply">What the sender is told; null: where the campaign stands after the events.</param>
public sealed record Decision(
    IReadOnlyList<ICampaignEvent> Events, Leases? Leases = null, ICampaignReply? Reply = null)
{
    /// <summary>Nothing to persist: the sender is told where the campaign stands.</summary>
    public static Decision Nothing { get; } = new([]);

    /// <summary>What other workers are told.</summary>
    public IReadOnlyList<(WorkerId Worker, ICampaignReply Message)> Notices { get; init; } = [];
}
