using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Store;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>What is stored in a data folder, read while another process may be writing it.</summary>
public sealed class Archive : IDisposable
{
    private readonly DataFolder? _folder;
    private readonly SqliteResults? _store;

    private Archive(DataFolder? folder, SqliteResults? store) => (_folder, _store) = (folder, store);

    /// <summary>Opens a data folder; one that is absent or unused has no campaigns.</summary>
    /// <exception cref="DataFolderException">It cannot be read.</exception>
    public static Archive Open(string path)
    {
        if (!DataFolder.Exists(path))
        {
            return new(null, null);
        }

        var folder = DataFolder.Open(path, exclusive: false);
        return new(folder, File.Exists(folder.ResultsFile) ? SqliteResults.Open(folder.ResultsFile, readOnly: true) : null);
    }

    /// <summary>All campaigns, oldest first.</summary>
    public IReadOnlyList<CampaignRecord> Campaigns() => _store?.Campaigns() ?? [];

    /// <summary>The campaign of a plan, or null.</summary>
    public CampaignRecord? Find(Plan plan) => _store?.FindByIdentity(plan.Identity);

    /// <summary>A campaign by its id or the beginning of it.</summary>
    /// <exception cref="CommandException">There is none: exit 4.</exception>
    public CampaignRecord Get(string campaign)
    {
        if (_store?.FindCampaign(campaign) is { } found)
        {
            return found;
        }

        string[] known = [.. Campaigns().Select(c => c.Id.Value)];
        string hint = known.Length == 0 ? "the data folder has no campaigns; --data names another one"
            : "known: " + string.Join(", ", known.Take(20)) + (known.Length > 20 ? ", …" : "");
        throw new CommandException($"there is no campaign '{campaign}'", hint, ExitCode.NotFound);
    }

    /// <summary>The plan that a campaign was made from.</summary>
    public static Plan PlanOf(CampaignRecord record) => SpecReader.Parse(record.SpecText, record.Id.Value).Plan;

    /// <summary>Where a campaign stands, seen from outside of the process that computes it.</summary>
    public CampaignView View(CampaignRecord record)
    {
        CampaignTotals totals = _store!.Totals(record.Id);
        CampaignStatus state = record.State == CampaignStatus.Running && !IsHeld() ? CampaignStatus.Interrupted : record.State;
        double rate = record.WallSeconds > 0 ? totals.Simulations / record.WallSeconds : 0;
        return new(
            record.Id, state, record.Layout.Points, record.Layout.Simulations, totals.Simulations, totals.Simulations, 0,
            record.Quarantined.Count, totals.Tally, totals.Digest, record.WallSeconds, rate, totals.CoreSeconds, null);
    }

    /// <summary>Every point with at least one finished replicate, by ascending index; streams.</summary>
    public IEnumerable<PointSummary> Points(CampaignRecord record, Plan plan) =>
        PointSummaries.Of(record.Layout, Grains(record, plan), plan.ObserveIndex.Count);

    /// <summary>Stored grains in ascending order; streams.</summary>
    public IEnumerable<GrainResult> Grains(CampaignRecord record, Plan plan) =>
        _store!.ReadGrains(record, plan.ObserveIndex.Count);

    /// <summary>Folder for figures and tables of a campaign.</summary>
    public string FolderOf(CampaignRecord record) => _folder!.CampaignFolder(record.Id);

    /// <inheritdoc/>
    public void Dispose()
    {
        _store?.Dispose();
        _folder?.Dispose();
    }

    // A node holds the lock exclusively; asking for a share of it fails exactly then.
    private bool IsHeld()
    {
        try
        {
            using var _ = new FileStream(Path.Combine(_folder!.Path, "lock"), FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
