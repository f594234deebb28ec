namespace CalciumSweep.Shared.Messages;

/// <summary>
/// A worker joins a campaign: what is to be computed? Answered by <see cref="CampaignSpec"/>, by
/// <see cref="WorkerRefused"/> if it cannot take part, and not at all if the campaign is unknown.
/// </summary>
/// <param name="Id">Campaign id.</param>
/// <param name="Worker">Who asks.</param>
/// <param name="Versions">What it speaks and how it computes.</param>
public sealed record GetSpec(CampaignId Id, WorkerId Worker, WorkerVersions Versions) : ICampaignQuery;
