using CalciumSweep.Coordinator.Export;
using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>In which form results go out.</summary>
/// <param name="Format"><c>csv</c> or <c>json</c>.</param>
/// <param name="IsReplicates">One row a replicate.</param>
public sealed record ExportForm(string Format, bool IsReplicates)
{
    /// <summary>Media type of the format.</summary>
    public string MediaType => Format == "json" ? "application/json; charset=utf-8" : "text/csv; charset=utf-8";

    /// <summary>Reads what was asked for.</summary>
    /// <exception cref="CommandException">There is no such form.</exception>
    public static ExportForm Of(string format, bool replicates) => format switch
    {
        "json" when replicates => throw new CommandException("--replicates goes with --format csv"),
        "csv" or "json" => new(format, replicates),
        "parquet" or "hdf5" => throw new CommandException($"--format {format} is not available yet", "csv and json are"),
        _ => throw new CommandException($"there is no format '{format}'", "csv and json are there"),
    };

    /// <summary>Refuses what the campaign cannot give.</summary>
    /// <exception cref="CommandException">Its single simulations are not kept.</exception>
    public void Check(CampaignRecord record)
    {
        if (IsReplicates && record.Keep == Keep.Points)
        {
            throw new CommandException(
                $"{record.Id} keeps points only, its single simulations are not stored", "keep: simulations in the spec keeps them");
        }
    }

    /// <summary>Writes a campaign.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="archive">Where from.</param>
    /// <param name="record">The campaign.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="cancel">Ends it between two rows.</param>
    public void Write(TextWriter output, Archive archive, CampaignRecord record, Plan plan, CancellationToken cancel)
    {
        if (Format == "json")
        {
            PointDocument.Write(output, record, plan, Until(archive.Points(record, plan), cancel));
        }
        else if (IsReplicates)
        {
            ReplicateTable.Write(output, plan, record.Layout, Until(archive.Grains(record, plan), cancel));
        }
        else
        {
            PointTable.Write(output, plan, Until(archive.Points(record, plan), cancel));
        }
    }

    private static IEnumerable<T> Until<T>(IEnumerable<T> items, CancellationToken cancel)
    {
        foreach (T item in items)
        {
            cancel.ThrowIfCancellationRequested();
            yield return item;
        }
    }
}
