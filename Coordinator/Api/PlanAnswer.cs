using CalciumSweep.Coordinator.Cli;
using CalciumSweep.Shared.Api;
using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;

namespace CalciumSweep.Coordinator.Api;

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
internal sealed record PlanAnswer(
    string Campaign, string Scenario, string Summary, DateTimeOffset Submitted, int Replicates, ulong Seed, string Keep,
    IReadOnlyList<DiagramAxis> Axes, IReadOnlyDictionary<string, double> Set, IReadOnlyList<NamedQuantity> Observables,
    IReadOnlyList<string> Outcomes)
{
    /// <summary>Of a stored campaign.</summary>
    public static PlanAnswer Of(CampaignRecord record, Plan plan) => new(
        record.Id.Value, plan.Model.Scenario, plan.Model.Summary, record.Submitted, plan.Spec.Replicates, plan.Spec.Seed,
        CampaignDocument.Name(record.Keep), [.. plan.Spec.Axes.Select(DiagramAxis.Of)],
        plan.Spec.Set.ToDictionary(s => s.Key, s => s.Value, StringComparer.Ordinal),
        [.. plan.ObserveIndex.Select(i => plan.Model.Observables[i]).Select(o => new NamedQuantity(o.Name, o.Unit, o.Meaning))],
        [.. plan.Model.Outcomes.Select(o => CampaignDocument.Name(o))]);
}
