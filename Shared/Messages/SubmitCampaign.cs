namespace CalciumSweep.Shared.Messages;

/// <summary>Starts a campaign, or goes on with it if it is known: answered by <see cref="CampaignStanding"/>.</summary>
/// <param name="Id">Campaign id.</param>
/// <param name="Spec">The spec; that of the first submission stays.</param>
public sealed record SubmitCampaign(CampaignId Id, SubmittedSpec Spec) : ICampaignCommand
{
    /// <summary>−10 … 10; that of the first submission stays (see <see cref="ChangePriority"/>).</summary>
    public int Priority { get; init; }

    /// <summary>Where in a trace it was submitted, a W3C <c>traceparent</c>; null if nobody traces.</summary>
    public string? Trace { get; init; }
}
