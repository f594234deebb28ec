using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Store;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>What is stored in a data folder, read while another process may be writing it.</summary>
public sealed class Archive : IDisposable
{
    private readonly DataFolder? _folder;
    private readonly IResultStore? _store;
    private readonly bool _isOwner;

    private bool IsHeld => _folder is null || FolderHolder.IsHeld(_folder.Path);

    private Archive(DataFolder? folder, IResultStore? store, bool isOwner) =>
        (_folder, _store, _isOwner) = (folder, store, isOwner);

    /// <summary>Opens a data folder; one that is absent or unused has no campaigns.</summary>
    /// <exception cref="DataFolderException">It cannot be read.</exception>
    public static Archive Open(string path)
    {
        if (!DataFolder.Exists(path))
        {
            return new(null, null, isOwner: false);
        }

        var folder = DataFolder.Open(path, exclusive: false);
        return new(folder, File.Exists(folder.ResultsFile) ? SqliteResults.Open(folder.ResultsFile, readOnly: true) : null, isOwner: true);
    }

    /// <summary>Opens the store of a node that writes into this data folder.</summary>
    /// <exception cref="DataFolderException">The folder cannot be read.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public static Archive Open(string path, StoreAddress address)
    {
        if (!address.IsShared)
        {
            return Open(path);
        }

        DataFolder? folder = DataFolder.Exists(path) ? DataFolder.Open(path, exclusive: false) : null;
        return new(folder, address.OpenForReading(folder), isOwner: true);
    }

    /// <summary>What is in the store of a node that runs in this process, and owns it.</summary>
    public static Archive Over(IResultStore store) => new(null, store, isOwner: false);

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
        CampaignStatus state = record.State == CampaignStatus.Running && !IsHeld ? CampaignStatus.Interrupted : record.State;
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

    /// <summary>The grains of one point that are stored.</summary>
    public IEnumerable<GrainResult> GrainsOf(CampaignRecord record, Plan plan, long point)
    {
        long first = point * record.Layout.Replicates, last = first + record.Layout.Replicates - 1;
        return _store!.ReadGrains(
            record, plan.ObserveIndex.Count, record.Layout.GrainOf(first), record.Layout.GrainOf(last) + 1);
    }

    /// <summary>Folder for figures and tables of a campaign.</summary>
    public string FolderOf(CampaignRecord record) => _folder!.CampaignFolder(record.Id);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isOwner)
        {
            _store?.Dispose();
        }

        _folder?.Dispose();
    }
}
