namespace CalciumSweep.Shared.Messages;

/// <summary>Answers <see cref="GetSpec"/>: this worker cannot take part.</summary>
/// <param name="Id">Campaign id.</param>
/// <param name="Reason">Why, and what to do, in one sentence.</param>
public sealed record WorkerRefused(CampaignId Id, string Reason) : ICampaignReply;
