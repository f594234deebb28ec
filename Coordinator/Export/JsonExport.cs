using System.Text;
using CalciumSweep.Coordinator.Cli;
using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;

namespace CalciumSweep.Coordinator.Export;

/// <summary>One document with the spec, all points and the boundary.</summary>
public sealed class JsonExport : IExportFormat
{
    /// <inheritdoc/>
    public string Name => "json";

    /// <inheritdoc/>
    public string MediaType => "application/json; charset=utf-8";

    /// <inheritdoc/>
    public bool HasReplicates => false;

    /// <inheritdoc/>
    public Task WriteAsync(Stream output, Archive archive, CampaignRecord record, Plan plan, bool isReplicates, CancellationToken cancel)
    {
        using var text = new StreamWriter(output, new UTF8Encoding(false), bufferSize: 64 * 1024, leaveOpen: true);
        PointDocument.Write(text, record, plan, archive.Points(record, plan).Until(cancel));
        return Task.CompletedTask;
    }
}
