namespace CalciumSweep.Shared.Messages;

/// <summary>The campaign exists.</summary>
/// <param name="Id">Campaign id.</param>
/// <param name="Spec">The spec.</param>
/// <param name="At">When (UTC).</param>
public sealed record CampaignSubmitted(CampaignId Id, SubmittedSpec Spec, DateTimeOffset At) : ICampaignEvent;
