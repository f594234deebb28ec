namespace CalciumSweep.Shared.Api;

/// <summary>What a campaign asks for.</summary>
/// <param name="Campaign">Its id.</param>
/// <param name="Scenario">Its scenario.</param>
/// <param name="Summary">What the scenario is.</param>
/// <param name="Submitted">When it was submitted, UTC.</param>
/// <param name="Replicates">Repeats of each point.</param>
/// <param name="Seed">Enters every random stream.</param>
/// <param name="Keep"><c>simulations</c> or <c>points</c>.</param>
/// <param name="Axes">Its axes, the last varies fastest.</param>
/// <param name="Set">Parameters that were set, in their own units.</param>
/// <param name="Observables">What is kept of a simulation.</param>
/// <param name="Outcomes">Outcomes that apply.</param>
public sealed record PlanAnswer(
    string Campaign, string Scenario, string Summary, DateTimeOffset Submitted, int Replicates, ulong Seed, string Keep,
    IReadOnlyList<AxisAnswer> Axes, IReadOnlyDictionary<string, double> Set, IReadOnlyList<NamedQuantity> Observables,
    IReadOnlyList<string> Outcomes);
