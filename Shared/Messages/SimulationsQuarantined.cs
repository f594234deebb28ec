using CalciumSweep.Shared.Results;

namespace CalciumSweep.Shared.Messages;

/// <summary>Simulations of completed grains that were given up.</summary>
/// <param name="Id">Campaign id.</param>
/// <param name="Simulations">Which, and why.</param>
public sealed record SimulationsQuarantined(
    CampaignId Id, IReadOnlyList<QuarantinedSimulation> Simulations) : ICampaignEvent;
