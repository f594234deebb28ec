using CalciumSweep.Shared.Api;

namespace CalciumSweep.Dashboard.Client;

/// <summary>What a campaign asks for.</summary>
/// <param name="Campaign">Id.</param>
/// <param name="Scenario">Its scenario.</param>
/// <param name="Summary">What the scenario is.</param>
/// <param name="Submitted">When it came.</param>
/// <param name="Replicates">Repeats of a point.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Keep">What is kept.</param>
/// <param name="Axes">Its axes.</param>
/// <param name="Set">Parameters that were set.</param>
/// <param name="Observables">What is kept of a simulation.</param>
/// <param name="Outcomes">Outcomes that apply.</param>
public sealed record PlanAnswer(
    string Campaign, string Scenario, string Summary, DateTimeOffset Submitted, int Replicates, ulong Seed,
    string Keep, IReadOnlyList<AxisAnswer> Axes, IReadOnlyDictionary<string, double> Set,
    IReadOnlyList<NamedQuantity> Observables, IReadOnlyList<string> Outcomes);
