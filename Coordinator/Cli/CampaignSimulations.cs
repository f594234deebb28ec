using CalciumSweep.Shared.Spec;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>The simulations of a campaign one by one.</summary>
/// <param name="Campaign">Its id.</param>
/// <param name="Plan">Its plan.</param>
/// <param name="Simulations">Every finished simulation that is kept, in campaign order; to be read once.</param>
public sealed record CampaignSimulations(string Campaign, Plan Plan, IEnumerable<StoredSimulation> Simulations);
