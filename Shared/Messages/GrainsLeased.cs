using CalciumSweep.Shared.Results;

namespace CalciumSweep.Shared.Messages;

/// <summary>Answers <see cref="StateHolding"/>.</summary>
/// <param name="Id">Campaign id.</param>
/// <param name="Epoch">The coordinator's incarnation.</param>
/// <param name="Statement">Which statement this answers.</param>
/// <param name="Granted">Grains leased in addition to those stated; may be empty.</param>
/// <param name="Status">Where the campaign stands.</param>
public sealed record GrainsLeased(
    CampaignId Id, long Epoch, long Statement, GrainSet Granted, CampaignStatus Status) : ICampaignReply
{
    /// <summary>Grains that workers died with: to be computed in a process of their own, whoever holds them.</summary>
    public GrainSet Guarded { get; init; } = GrainSet.Empty;

    /// <summary>Grains stated that the journal has: they need not be computed nor reported.</summary>
    public GrainSet Known { get; init; } = GrainSet.Empty;

    /// <summary>How often results of the campaign were removed from the store: what was stored before does not count.</summary>
    public long Removals { get; init; }

    /// <summary>How many grains that are not begun the worker is to hold at most, as things stand.</summary>
    public int QueueLimit { get; init; } = int.MaxValue;

    /// <summary>Where in a trace the grains were leased, a W3C <c>traceparent</c>; null if nobody traces.</summary>
    public string? Trace { get; init; }
}
