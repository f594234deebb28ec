using CalciumSweep.Coordinator.Cli;
using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;

namespace CalciumSweep.Coordinator.Export;

/// <summary>One form in which the results of a campaign go out. Found by its type: a new one is a new file.</summary>
public interface IExportFormat
{
    /// <summary>What is written after <c>--format</c>.</summary>
    string Name { get; }

    /// <summary>Media type.</summary>
    string MediaType { get; }

    /// <summary>True if it can have a row a replicate.</summary>
    bool HasReplicates { get; }

    /// <summary>Writes a campaign.</summary>
    /// <param name="output">Where to; cannot be sought in, and stays open.</param>
    /// <param name="archive">Where from.</param>
    /// <param name="record">The campaign.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="isReplicates">One row a replicate.</param>
    /// <param name="cancel">Ends it between two rows.</param>
    Task WriteAsync(Stream output, Archive archive, CampaignRecord record, Plan plan, bool isReplicates, CancellationToken cancel);
}
