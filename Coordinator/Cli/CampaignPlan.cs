using CalciumSweep.Shared.Spec;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>What a campaign asks for.</summary>
/// <param name="Campaign">Its id.</param>
/// <param name="Plan">Its plan.</param>
public sealed record CampaignPlan(string Campaign, Plan Plan);
