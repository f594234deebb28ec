namespace CalciumSweep.Shared.Messages;

/// <summary>
/// Computes some of the grains that have quarantined simulations again; what else is named is passed over, so that a
/// command that comes twice does it once. Answered by <see cref="CampaignStanding"/>.
/// </summary>
/// <param name="Id">Campaign id.</param>
/// <param name="Grains">The grains.</param>
public sealed record RetryGrains(CampaignId Id, GrainSet Grains) : ICampaignCommand;
