using CalciumSweep.Coordinator.Cli;
using CalciumSweep.Shared.Api;
using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;

namespace CalciumSweep.Coordinator.Api;

/// <summary>Tells what a stored campaign asks for.</summary>
internal static class PlanDocument
{
    /// <summary>Of a stored campaign.</summary>
    public static PlanAnswer Of(CampaignRecord record, Plan plan) => new(
        record.Id.Value, plan.Model.Scenario, plan.Model.Summary, record.Submitted, plan.Spec.Replicates, plan.Spec.Seed,
        CampaignDocument.Name(record.Keep), [.. plan.Spec.Axes.Select(AxisAnswer.Of)],
        plan.Spec.Set.ToDictionary(s => s.Key, s => s.Value, StringComparer.Ordinal),
        [.. plan.ObserveIndex.Select(i => plan.Model.Observables[i]).Select(o => new NamedQuantity(o.Name, o.Unit, o.Meaning))],
        [.. plan.Model.Outcomes.Select(o => CampaignDocument.Name(o))]);
}
