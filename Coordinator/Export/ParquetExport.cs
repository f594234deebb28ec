using System.Text.Json;
using CalciumSweep.Coordinator.Cli;
using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Coordinator.Export;

/// <summary>
/// The tables of <see cref="CsvExport"/> as Parquet: the same columns, numbers as numbers, unknown as null. The file's
/// metadata hold the campaign, its whole spec, and the unit of each column.
/// </summary>
public sealed class ParquetExport : IExportFormat
{
    /// <inheritdoc/>
    public string Name => "parquet";

    /// <inheritdoc/>
    public string MediaType => "application/vnd.apache.parquet";

    /// <inheritdoc/>
    public bool HasReplicates => true;

    /// <inheritdoc/>
    public async Task WriteAsync(
        Stream output, Archive archive, CampaignRecord record, Plan plan, bool isReplicates, CancellationToken cancel)
    {
        // The format is written from behind: a file that can be sought in comes first.
        var draft = new FileStream(
            Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.DeleteOnClose);
        await using (draft.ConfigureAwait(false))
        {
            await (isReplicates
                ? Replicates(plan, record.Layout).WriteAsync(
                    draft, Metadata(record, plan), archive.Grains(record, plan).Until(cancel).SelectMany(grain => Rows(record.Layout, grain)), cancel)
                : Points(plan).WriteAsync(draft, Metadata(record, plan), archive.Points(record, plan).Until(cancel), cancel)).ConfigureAwait(false);
            draft.Position = 0;
            await draft.CopyToAsync(output, cancel).ConfigureAwait(false);
        }
    }

    private static ParquetTable<PointSummary> Points(Plan plan)
    {
        bool isJudged = plan.Model.Outcomes.Contains(Outcome.Wave);
        var table = new ParquetTable<PointSummary>();
        AddAxes(table, plan, point => point.Index);
        table.Add("n", point => point.N);
        foreach (Outcome outcome in plan.Model.Outcomes)
        {
            table.Add(CampaignDocument.Name(outcome), point => point.Tally[outcome]);
        }

        table.Add("p_wave", point => isJudged ? point.PWave : null);
        table.Add("p_wave_low", point => isJudged ? point.PWaveInterval.Low : null);
        table.Add("p_wave_high", point => isJudged ? point.PWaveInterval.High : null);
        table.Add("interval", _ => isJudged ? "wilson" : null);
        table.Add("undecided", point => point.Undecided);
        for (int k = 0; k < plan.ObserveIndex.Count; k++)
        {
            int at = k;
            ObservableInfo info = plan.Model.Observables[plan.ObserveIndex[k]];
            table.Add($"{info.Name} mean [{info.Unit}]", point => point.Observables[at].Mean);
            table.Add($"{info.Name} sd [{info.Unit}]", point => point.Observables[at].Sd);
        }

        return table;
    }

    private static ParquetTable<Replicate> Replicates(Plan plan, GrainLayout layout)
    {
        int kept = plan.ObserveIndex.Count;
        var table = new ParquetTable<Replicate>();
        AddAxes(table, plan, row => row.Simulation / layout.Replicates);
        table.Add("index", row => row.Simulation / layout.Replicates);
        table.Add("replicate", row => row.Simulation % layout.Replicates);
        table.Add("outcome", row => row.Grain.Outcomes[row.At] is Outcome outcome and not Outcome.None ? CampaignDocument.Name(outcome) : null);
        table.Add("reason", row => row.Grain.Reasons.GetValueOrDefault(row.At));
        for (int k = 0; k < kept; k++)
        {
            int at = k;
            ObservableInfo info = plan.Model.Observables[plan.ObserveIndex[k]];
            table.Add($"{info.Name} [{info.Unit}]", double? (row) =>
                row.Grain.Observables[(row.At * kept) + at] is var value && double.IsFinite(value) ? value : null);
        }

        return table;
    }

    // A quarantined simulation has no outcome and no row.
    private static IEnumerable<Replicate> Rows(GrainLayout layout, GrainResult grain)
    {
        (long first, int count) = layout.Range(grain.Grain);
        return Enumerable.Range(0, count).Where(i => grain.Outcomes[i] is not null).Select(i => new Replicate(grain, i, first + i));
    }

    private static void AddAxes<T>(ParquetTable<T> table, Plan plan, Func<T, long> point)
    {
        for (int i = 0; i < plan.Spec.Axes.Count; i++)
        {
            int at = i;
            Axis axis = plan.Spec.Axes[i];
            table.Add($"{axis.Parameter} [{axis.Unit}]", double? (row) => axis.Values[plan.Coordinates(point(row))[at]]);
        }
    }

    private static Dictionary<string, string> Metadata(CampaignRecord record, Plan plan) => new(StringComparer.Ordinal)
    {
        ["campaign"] = record.Id.Value,
        ["identity"] = record.Identity,
        ["spec"] = record.SpecText,
        ["units"] = JsonSerializer.Serialize(
            plan.Spec.Axes.Select(axis => (Name: axis.Parameter, axis.Unit))
                .Concat(plan.ObserveIndex.Select(i => plan.Model.Observables[i]).Select(o => (o.Name, o.Unit)))
                .DistinctBy(one => one.Name, StringComparer.Ordinal).ToDictionary(one => one.Name, one => one.Unit, StringComparer.Ordinal),
            JsonForm.Options),
    };

    private readonly record struct Replicate(GrainResult Grain, int At, long Simulation);
}
