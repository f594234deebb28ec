namespace CalciumSweep.Shared.Messages;

/// <summary>What a worker needs to know once.</summary>
/// <param name="Id">Campaign id.</param>
/// <param name="Spec">The spec.</param>
/// <param name="Submitted">When it was first submitted.</param>
public sealed record CampaignSpec(CampaignId Id, SubmittedSpec Spec, DateTimeOffset Submitted) : ICampaignReply
{
    /// <summary>−10 … 10: its share of a worker's slots is in proportion to 2^priority.</summary>
    public int Priority { get; init; }

    /// <summary>How often results of the campaign were removed from the store: what was stored before does not count.</summary>
    public long Removals { get; init; }
}
