using System.Globalization;
using CalciumSweep.Coordinator.Cli;
using CalciumSweep.Shared.Api;
using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Coordinator.Api;

/// <summary>Reads one point of a campaign from the store.</summary>
/// <param name="archive">What is stored.</param>
/// <param name="record">The campaign.</param>
/// <param name="plan">Its plan.</param>
internal sealed class PointReading(Archive archive, CampaignRecord record, Plan plan)
{
    /// <summary>A point; one that is not simulated yet has no replicates.</summary>
    /// <exception cref="CommandException">There is no such point.</exception>
    public PointAnswer Read(long index)
    {
        if (index < 0 || index >= plan.Points)
        {
            throw new CommandException(
                $"{record.Id} has no point {index}", $"its points are 0 to {plan.Points - 1}", ExitCode.NotFound);
        }

        GrainResult[] grains = [.. archive.GrainsOf(record, plan, index)];
        PointSummary summary = PointSummaries.Of(record.Layout, grains, plan.ObserveIndex.Count)
            .FirstOrDefault(point => point.Index == index, new PointSummary(index, Tally.Empty, []));
        bool isJudged = plan.Model.Outcomes.Contains(Outcome.Wave) && summary.N > 0;
        (double low, double high) = isJudged ? summary.PWaveInterval : default;
        double[] values = plan.Parameters(index);
        string[] swept = [.. plan.Spec.Axes.Select(axis => axis.Parameter)];
        return new(
            index, swept.ToDictionary(name => name, name => values[plan.Model.IndexOf(name)], StringComparer.Ordinal),
            plan.Model.Parameters.Select((p, i) => (p.Name, Value: values[i])).Where(p => !swept.Contains(p.Name, StringComparer.Ordinal))
                .ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal),
            summary.N, CampaignDocument.Outcomes(summary.Tally, plan.Model.Outcomes), isJudged ? summary.PWave : null,
            isJudged ? low : null, isJudged ? high : null, Observables(summary), [.. grains.SelectMany(grain => Replicates(grain, index))],
            Command(swept, values));
    }

    private Dictionary<string, ObservableAnswer> Observables(PointSummary summary) => summary.Observables
        .Select((o, k) => (Info: plan.Model.Observables[plan.ObserveIndex[k]], Summary: o))
        .ToDictionary(o => o.Info.Name, o => new ObservableAnswer(o.Summary.Mean, o.Summary.Sd, o.Summary.N, o.Info.Unit), StringComparer.Ordinal);

    private IEnumerable<ReplicateAnswer> Replicates(GrainResult grain, long point)
    {
        (long first, int count) = record.Layout.Range(grain.Grain);
        for (int i = 0; i < count; i++)
        {
            (long at, long replicate) = Math.DivRem(first + i, (long)record.Layout.Replicates);
            if (at == point && grain.Outcomes[i] is Outcome outcome)
            {
                yield return new(
                    (int)replicate, outcome == Outcome.None ? null : CampaignDocument.Name(outcome), grain.Reasons.GetValueOrDefault(i),
                    Values(grain, i));
            }
        }
    }

    private Dictionary<string, double?> Values(GrainResult grain, int at)
    {
        int kept = plan.ObserveIndex.Count;
        return grain.Observables.Length == 0 ? [] : Enumerable.Range(0, kept).ToDictionary(
            k => plan.Spec.Observe[k],
            k => grain.Observables[(at * kept) + k] is var value && double.IsFinite(value) ? value : (double?)null,
            StringComparer.Ordinal);
    }

    private string Command(string[] swept, double[] values) => $"calciumsweep simulate --campaign {record.Id}" + (swept.Length == 0 ? ""
        : " --at " + string.Join(',', swept.Select(name => string.Create(CultureInfo.InvariantCulture, $"{name}={values[plan.Model.IndexOf(name)]:R}"))));
}
