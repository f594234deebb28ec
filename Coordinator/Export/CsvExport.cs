using System.Text;
using CalciumSweep.Coordinator.Cli;
using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;

namespace CalciumSweep.Coordinator.Export;

/// <summary>Tables as text, UTF-8 without a mark.</summary>
public sealed class CsvExport : IExportFormat
{
    /// <inheritdoc/>
    public string Name => "csv";

    /// <inheritdoc/>
    public string MediaType => "text/csv; charset=utf-8";

    /// <inheritdoc/>
    public bool HasReplicates => true;

    /// <inheritdoc/>
    public Task WriteAsync(Stream output, Archive archive, CampaignRecord record, Plan plan, bool isReplicates, CancellationToken cancel)
    {
        using var text = new StreamWriter(output, new UTF8Encoding(false), bufferSize: 64 * 1024, leaveOpen: true);
        if (isReplicates)
        {
            ReplicateTable.Write(text, plan, record.Layout, archive.Grains(record, plan).Until(cancel));
        }
        else
        {
            PointTable.Write(text, plan, archive.Points(record, plan).Until(cancel));
        }

        return Task.CompletedTask;
    }
}
