namespace CalciumSweep.Shared.Messages;

/// <summary>
/// Computes the grains of all quarantined simulations again, e.g. on a larger machine. Answered by
/// <see cref="CampaignStanding"/>.
/// </summary>
/// <param name="Id">Campaign id.</param>
public sealed record RetryQuarantined(CampaignId Id) : ICampaignCommand;
