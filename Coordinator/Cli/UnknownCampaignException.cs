using CalciumSweep.Shared;
using CalciumSweep.Solver;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>Nobody submitted the campaign.</summary>
public sealed class UnknownCampaignException(CampaignId id)
    : CalciumSweepException($"There is no campaign '{id}' here: list shows those that there are");
