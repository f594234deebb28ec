using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>What the points of a campaign came to.</summary>
/// <param name="Campaign">Its id.</param>
/// <param name="Plan">Its plan.</param>
/// <param name="Points">Every point with at least one finished replicate, by ascending index; to be read once.</param>
public sealed record CampaignPoints(string Campaign, Plan Plan, IEnumerable<PointSummary> Points);
