namespace CalciumSweep.Shared.Messages;

/// <summary>The campaign exists.</summary>
/// <param name="Id">Campaign id.</param>
/// <param name="Spec">The spec.</param>
/// <param name="At">When (UTC).</param>
public sealed record CampaignSubmitted(CampaignId Id, SubmittedSpec Spec, DateTimeOffset At) : ICampaignEvent
{
    /// <summary>−10 … 10: its share of a worker's slots is in proportion to 2^priority.</summary>
    public int Priority { get; init; }
}
