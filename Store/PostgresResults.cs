using System.Numerics;
using CalciumSweep.Shared;
using CalciumSweep.Shared.Results;

namespace CalciumSweep.Store;

/// <summary>
/// Results in a PostgreSQL database (docs/store.md). Thread-safe; any number of processes write and read. A restart of
/// the server is waited out by every method but <see cref="WriteGrains"/>, whose caller has other things to do meanwhile;
/// each may throw <see cref="StoreUnavailableException"/>, and the store goes on working once its cause is gone.
/// </summary>
public sealed class PostgresResults : IResultStore
{
    /// <summary>How long a restart of the server may take before it becomes an error.</summary>
    public static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(15);

    // Blocks that are read at once: a connection is not held while somebody works on what it gave.
    private const int GrainsInPage = 256;

    private readonly PostgresDatabase _database;
    private readonly PostgresCampaigns _campaigns;
    private readonly PostgresGrains _grains;
    private readonly string _schema;
    private readonly TimeSpan _patience;

    private PostgresResults(PostgresDatabase database, TimeSpan patience)
    {
        (_database, _schema, _patience) = (database, database.Target.Schema, patience);
        (_campaigns, _grains) = (new(_schema), new(_schema));
    }

    /// <summary>Opens a store, makes it if it is not there, and upgrades an older one.</summary>
    /// <param name="address">A PostgreSQL database.</param>
    /// <param name="patience">How long to wait for a server that restarts; null for the default.</param>
    /// <exception cref="StoreUnavailableException">It cannot be reached, is of a newer version, or no result store.</exception>
    public static PostgresResults Open(StoreAddress address, TimeSpan? patience = null)
    {
        var database = new PostgresDatabase(Target(address));
        try
        {
            PostgresSchema.Upgrade(database, patience ?? DefaultPatience);
            return new(database, patience ?? DefaultPatience);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Opens a store that is there already and changes nothing; null if no node has used it yet.</summary>
    /// <param name="address">A PostgreSQL database.</param>
    /// <param name="patience">How long to wait for a server that restarts; null for the default.</param>
    /// <exception cref="StoreUnavailableException">It cannot be reached, is of another version, or no result store.</exception>
    public static PostgresResults? OpenForReading(StoreAddress address, TimeSpan? patience = null)
    {
        var database = new PostgresDatabase(Target(address));
        try
        {
            if (PostgresSchema.Check(database, patience ?? DefaultPatience))
            {
                return new(database, patience ?? DefaultPatience);
            }
        }
        catch
        {
            database.Dispose();
            throw;
        }

        database.Dispose();
        return null;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Its id or identity belongs to another one, or grains of another layout are stored.</exception>
    public void SaveCampaign(CampaignRecord campaign) => _database.Write(c => _campaigns.Save(c, campaign), _patience);

    /// <inheritdoc/>
    public void LabelCampaign(CampaignId campaign, IReadOnlyList<string>? tags, string? note) => _database.Write(
        c => c.Execute($"UPDATE {_schema}.campaign SET {CampaignRows.LabelUpdates}", CampaignRows.LabelValues(campaign, tags, note)), _patience);

    /// <inheritdoc/>
    public IReadOnlyList<CampaignRecord> Campaigns() => _database.Read(_campaigns.All, _patience);

    /// <inheritdoc/>
    public CampaignRecord? FindCampaign(string idOrPrefix) => _database.Read(c => _campaigns.Find(c, idOrPrefix), _patience);

    /// <inheritdoc/>
    public CampaignRecord? FindByIdentity(string identity) =>
        _database.Read(c => _campaigns.FindByIdentity(c, identity), _patience);

    /// <inheritdoc/>
    /// <returns>How many were new; fewer if a commit was answered by a broken connection and done again.</returns>
    /// <exception cref="ArgumentException">The campaign is not stored, or a grain does not fit its layout: then nothing is written.</exception>
    public int WriteGrains(CampaignRecord campaign, IReadOnlyList<GrainResult> grains)
    {
        // Encoded before a connection is taken: several threads may do that at once.
        EncodedGrain[] encoded =
            [.. grains.OrderBy(grain => grain.Grain).Select(grain => EncodedGrain.Of(campaign.Layout, campaign.Keep, grain))];
        while (true)
        {
            if (_database.Write(c => _grains.Write(c, campaign, encoded), TimeSpan.Zero) is { } added)
            {
                return added;
            }

            // In a transaction of its own: whoever shares the campaign's row with others and then wants it alone may
            // wait for one who wants the same.
            _database.Write(c => _grains.SetObservables(c, campaign, encoded[0].Observables), TimeSpan.Zero);
        }
    }

    /// <inheritdoc/>
    public void RemoveGrains(CampaignId campaign, IReadOnlyList<long> grains, long? sequence = null, long removals = 0) =>
        _database.Write(c => _grains.Remove(c, campaign.Value, [.. grains.Order()], sequence, removals), _patience);

    /// <inheritdoc/>
    public IReadOnlyList<long> StoredGrains(CampaignId campaign) => _database.Read(
        c => c.Rows(
            row => row.GetInt64(0),
            $"SELECT grain FROM {_schema}.grain WHERE campaign = (SELECT key FROM {_schema}.campaign WHERE id = $1) ORDER BY grain",
            campaign.Value),
        _patience);

    /// <inheritdoc/>
    /// <remarks>Grains that are stored meanwhile may be among them or not.</remarks>
    /// <exception cref="DamagedBlockException">The bytes of a grain changed since they were written.</exception>
    /// <exception cref="ArgumentException">The stored simulations have another number of observables.</exception>
    public IEnumerable<GrainResult> ReadGrains(CampaignRecord campaign, int observables, long first = 0, long end = long.MaxValue)
    {
        long last = first - 1;
        while (ReadPage(campaign, last, end) is { Count: > 0 } page)
        {
            foreach ((long grain, byte[] bytes) in page)
            {
                yield return StoredBlock.Decode(campaign.Id, grain, bytes, observables);
            }

            last = page[^1].Grain;
        }
    }

    /// <inheritdoc/>
    public CampaignTotals Totals(CampaignId campaign)
    {
        var slots = _database.Read(
            c => c.Rows(
                row => (
                    Grains: row.GetInt64(0), Digest: PostgresGrains.DigestOf(row.GetFieldValue<BigInteger>(1)), Seconds: row.GetDouble(2),
                    Tally: new Tally([.. Enumerable.Range(4, PointSums.Classes).Select(row.GetInt64)]), Simulations: row.GetInt64(3)),
                $"""
                SELECT grains, digest, core_seconds, simulations, none, quiescent, sparks, abortive, wave, repetitive, plateau,
                    undecided, failed
                FROM {_schema}.campaign_totals WHERE campaign = (SELECT key FROM {_schema}.campaign WHERE id = $1)
                """,
                campaign.Value),
            _patience);
        return new(
            slots.Sum(slot => slot.Grains), slots.Sum(slot => slot.Simulations),
            slots.Aggregate(Tally.Empty, (sum, slot) => sum + slot.Tally),
            slots.Aggregate(default(ResultDigest), (sum, slot) => sum + slot.Digest).ToString(), slots.Sum(slot => slot.Seconds));
    }

    /// <inheritdoc/>
    public void DeleteCampaign(CampaignId campaign, long? sequence = null) =>
        _database.Write(c => _campaigns.Delete(c, campaign.Value, sequence), _patience);

    /// <summary>Claims something that one node at a time may have, by the server's clock.</summary>
    /// <param name="name">What is claimed.</param>
    /// <param name="owner">Who claims it: may claim it again, which makes it last longer.</param>
    /// <param name="time">How long it is the owner's.</param>
    /// <returns>False if it is somebody else's.</returns>
    public bool TryClaim(string name, string owner, TimeSpan time) => _database.Write(
        c => c.Scalar(
            $"""
            INSERT INTO {_schema}.claim AS c (name, owner, until) VALUES ($1, $2, clock_timestamp() + $3)
            ON CONFLICT (name) DO UPDATE SET owner = $2, until = clock_timestamp() + $3
            WHERE c.owner = $2 OR c.until < clock_timestamp() RETURNING 1
            """,
            name, owner, time) is not null,
        TimeSpan.Zero);

    /// <summary>True if somebody has a claim now whose name begins like this.</summary>
    /// <param name="prefix">How it begins.</param>
    /// <param name="except">A name that does not count.</param>
    public bool IsClaimed(string prefix, string except) => _database.Read(
        c => c.Scalar(
            $"SELECT 1 FROM {_schema}.claim WHERE starts_with(name, $1) AND name <> $2 AND until > clock_timestamp() LIMIT 1",
            prefix, except) is not null,
        TimeSpan.Zero);

    /// <inheritdoc/>
    public void Dispose() => _database.Dispose();

    private static PostgresTarget Target(StoreAddress address) =>
        address.Postgres ?? throw new ArgumentException($"{address} is no PostgreSQL database.", nameof(address));

    private List<(long Grain, byte[] Bytes)> ReadPage(CampaignRecord campaign, long last, long end) => _database.Read(
        c => c.Rows(
            row => (row.GetInt64(0), row.GetFieldValue<byte[]>(1)),
            $"""
            SELECT grain, bytes FROM {_schema}.block
            WHERE campaign = (SELECT key FROM {_schema}.campaign WHERE id = $1) AND grain > $2 AND grain < $3
            ORDER BY grain LIMIT {GrainsInPage}
            """,
            campaign.Id.Value, last, end),
        _patience);
}
