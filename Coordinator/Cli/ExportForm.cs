using CalciumSweep.Coordinator.Export;
using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>In which form results go out.</summary>
/// <param name="Format">The format.</param>
/// <param name="IsReplicates">One row a replicate.</param>
public sealed record ExportForm(IExportFormat Format, bool IsReplicates)
{
    private static readonly IExportFormat[] _formats =
    [
        .. typeof(IExportFormat).Assembly.GetTypes().Where(type => type.IsClass && typeof(IExportFormat).IsAssignableFrom(type))
            .Select(type => (IExportFormat)Activator.CreateInstance(type)!).OrderBy(format => format.Name, StringComparer.Ordinal),
    ];

    /// <summary>The names of all formats, for people.</summary>
    public static string Names { get; } = string.Join(", ", _formats.Select(format => format.Name));

    /// <summary>Reads what was asked for.</summary>
    /// <exception cref="CommandException">There is no such form.</exception>
    public static ExportForm Of(string name, bool replicates)
    {
        if (name == "hdf5")
        {
            throw new CommandException($"--format {name} is not available yet", $"there are {Names}");
        }

        IExportFormat format = Array.Find(_formats, format => format.Name == name)
            ?? throw new CommandException($"there is no format '{name}'", $"there are {Names}");
        return !replicates || format.HasReplicates ? new(format, replicates)
            : throw new CommandException($"--replicates does not go with --format {name}");
    }

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
    public Task WriteAsync(Stream output, Archive archive, CampaignRecord record, Plan plan, CancellationToken cancel) =>
        Format.WriteAsync(output, archive, record, plan, IsReplicates, cancel);
}
