namespace CalciumSweep.Shared.Messages;

/// <summary>Gives a campaign another share of the workers. Answered by <see cref="CampaignStanding"/>.</summary>
/// <param name="Id">Campaign id.</param>
/// <param name="Priority">−10 … 10; its share of a worker's slots is in proportion to 2^priority. Values outside are brought inside.</param>
public sealed record ChangePriority(CampaignId Id, int Priority) : ICampaignCommand;
