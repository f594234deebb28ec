using CalciumSweep.Shared;
using CalciumSweep.Shared.Results;
using Microsoft.Data.Sqlite;

namespace CalciumSweep.Store;

/// <summary>
/// Results in one SQLite file (docs/store.md). Thread-safe; one process writes, others may read. Every method may throw
/// <see cref="StoreUnavailableException"/>; the store goes on working once its cause is gone.
/// </summary>
public sealed class SqliteResults : IResultStore
{
    private readonly SqliteFile _file;

    private SqliteResults(SqliteFile file) => _file = file;

    /// <summary>Opens a store, makes it if it is not there, and upgrades an older one.</summary>
    /// <param name="file">The database file; its folder exists.</param>
    /// <exception cref="StoreUnavailableException">It cannot be opened, is of a newer version, or no result store.</exception>
    public static SqliteResults Open(string file) => new(SqliteFile.Open(file));

    /// <summary>Opens a store for reading only; null if no node has written to it yet, whatever stopped it.</summary>
    /// <param name="file">The database file; it need not be there.</param>
    /// <exception cref="OutdatedStoreException">It is of an older version.</exception>
    /// <exception cref="StoreUnavailableException">It cannot be opened, is of a newer version, or no result store.</exception>
    public static SqliteResults? OpenForReading(string file) =>
        File.Exists(file) && SqliteFile.OpenForReading(file) is { } found ? new(found) : null;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Its id or identity belongs to another one, or grains of another layout are stored.</exception>
    public void SaveCampaign(CampaignRecord campaign) => _file.Write(writer =>
    {
        SqliteCampaigns.Save(writer, campaign);
        return true;
    });

    /// <inheritdoc/>
    public void LabelCampaign(CampaignId campaign, IReadOnlyList<string>? tags, string? note) =>
        _file.Write(writer => writer.Run($"UPDATE campaign SET {CampaignRows.LabelUpdates}", CampaignRows.LabelValues(campaign, tags, note)));

    /// <inheritdoc/>
    public IReadOnlyList<CampaignRecord> Campaigns() => _file.Read(SqliteCampaigns.All);

    /// <inheritdoc/>
    public CampaignRecord? FindCampaign(string idOrPrefix) => _file.Read(c => SqliteCampaigns.Find(c, idOrPrefix));

    /// <inheritdoc/>
    public CampaignRecord? FindByIdentity(string identity) => _file.Read(c => SqliteCampaigns.FindByIdentity(c, identity));

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The campaign is not stored, or a grain does not fit its layout: then nothing is written.</exception>
    public int WriteGrains(CampaignRecord campaign, IReadOnlyList<GrainResult> grains)
    {
        // Encoded before the lock is taken: several threads may do that at once.
        EncodedGrain[] encoded = [.. grains.Select(grain => EncodedGrain.Of(campaign.Layout, campaign.Keep, grain))];
        return _file.Write(writer => SqliteGrains.Write(writer, campaign, encoded));
    }

    /// <inheritdoc/>
    public IReadOnlyList<long> StoredGrains(CampaignId campaign) => [.. _file.Stream(
        connection => connection.Command(
            "SELECT grain FROM grain WHERE campaign = (SELECT key FROM campaign WHERE id = $1) ORDER BY grain", campaign.Value),
        row => row.GetInt64(0))];

    /// <inheritdoc/>
    /// <exception cref="DamagedBlockException">The bytes of a grain changed since they were written.</exception>
    /// <exception cref="ArgumentException">The stored simulations have another number of observables.</exception>
    public IEnumerable<GrainResult> ReadGrains(CampaignRecord campaign, int observables, long first = 0, long end = long.MaxValue) => _file.Stream(
        connection => connection.Command(
            """
            SELECT grain, bytes FROM block
            WHERE campaign = (SELECT key FROM campaign WHERE id = $1) AND grain >= $2 AND grain < $3 ORDER BY grain
            """,
            campaign.Id.Value, first, end),
        row => StoredBlock.Decode(campaign.Id, row.GetInt64(0), row.GetFieldValue<byte[]>(1), observables));

    /// <inheritdoc/>
    public CampaignTotals Totals(CampaignId campaign) => _file.Stream(
        connection => connection.Command(
            """
            SELECT grains, simulations, digest, core_seconds, none, quiescent, sparks, abortive, wave, repetitive, plateau, undecided,
                failed
            FROM campaign_totals WHERE campaign = (SELECT key FROM campaign WHERE id = $1)
            """,
            campaign.Value),
        row => new CampaignTotals(
            row.GetInt64(0), row.GetInt64(1), new Tally([.. Enumerable.Range(4, PointSums.Classes).Select(row.GetInt64)]),
            ResultDigest.FromBytes(row.GetFieldValue<byte[]>(2)).ToString(), row.GetDouble(3)))
        .SingleOrDefault(new CampaignTotals(0, 0, Tally.Empty, default(ResultDigest).ToString(), 0));

    /// <inheritdoc/>
    /// <remarks>One process writes, and nobody stands in its way: the sequence decides nothing.</remarks>
    public void RemoveGrains(CampaignId campaign, IReadOnlyList<long> grains, long? sequence = null, long removals = 0) =>
        _file.Write(writer => SqliteRemoval.Remove(writer, campaign, grains, removals));

    /// <inheritdoc/>
    /// <remarks>As <see cref="RemoveGrains"/>.</remarks>
    public void DeleteCampaign(CampaignId campaign, long? sequence = null) =>
        _file.Write(writer => writer.Run("DELETE FROM campaign WHERE id = $1", campaign.Value));

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    /// <summary>Lets the file grow by no more than so many pages of 4 KiB until the next failure: a full disk for tests.</summary>
    internal void LimitGrowth(int pages) => _file.Write(writer =>
    {
        using SqliteDataReader count = writer.Query("PRAGMA page_count");
        count.Read();
        return writer.Run($"PRAGMA max_page_count = {count.GetInt64(0) + pages}");
    });
}
