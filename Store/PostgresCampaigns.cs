using CalciumSweep.Shared.Results;
using Npgsql;

namespace CalciumSweep.Store;

/// <summary>The table <c>campaign</c>.</summary>
internal sealed class PostgresCampaigns(string schema)
{
    /// <summary>Inserts a campaign or updates what may change.</summary>
    /// <exception cref="ArgumentException">Its id or identity belongs to another one, or grains of another layout are stored.</exception>
    public bool Save(NpgsqlConnection connection, CampaignRecord campaign)
    {
        // Locked against those who are writing grains at this moment; then asked in a statement of its own, because the
        // one that waited for the lock still sees the time before them.
        connection.Execute(
            $"SELECT 1 FROM {schema}.campaign WHERE id = $1 OR identity = $2 ORDER BY key FOR NO KEY UPDATE",
            campaign.Id.Value, campaign.Identity);
        if (connection.Scalar(
            $"""
            SELECT 1 FROM {schema}.campaign WHERE id = $1 AND sequence > $2
            UNION ALL SELECT 1 FROM {schema}.deleted WHERE id = $1 AND sequence >= $2 AND $2 > 0
            """,
            campaign.Id.Value, campaign.Sequence) is not null)
        {
            // Somebody knows better, and whoever says this does not know it yet.
            return false;
        }

        using (NpgsqlCommand command = connection.Command(
            $"""
            SELECT {CampaignRows.TakenColumns}, EXISTS (SELECT 1 FROM {schema}.grain WHERE grain.campaign = campaign.key)
            FROM {schema}.campaign WHERE id = $1 OR identity = $2
            """,
            campaign.Id.Value, campaign.Identity))
        using (NpgsqlDataReader taken = command.ExecuteReader())
        {
            CampaignRows.CheckTaken(campaign, taken);
        }

        connection.Execute(
            $"""
            INSERT INTO {schema}.campaign ({CampaignRows.Columns}) VALUES ({CampaignRows.Parameters})
            ON CONFLICT (id) DO UPDATE SET {CampaignRows.Updates}
            """,
            CampaignRows.Values(campaign));
        return true;
    }

    /// <summary>All campaigns, oldest first.</summary>
    public IReadOnlyList<CampaignRecord> All(NpgsqlConnection connection) => Where(connection, "true");

    /// <summary>One campaign by its id, else by a beginning that only one id has, else null.</summary>
    public CampaignRecord? Find(NpgsqlConnection connection, string idOrPrefix) => idOrPrefix.Length == 0
        ? null : CampaignRows.Choose(Where(connection, "starts_with(id, $1)", idOrPrefix), idOrPrefix);

    /// <summary>One campaign by the identity of its spec, or null.</summary>
    public CampaignRecord? FindByIdentity(NpgsqlConnection connection, string identity) =>
        Where(connection, "identity = $1", identity).SingleOrDefault();

    /// <summary>Removes a campaign and its results, unless it stands as of a later number of its journal.</summary>
    public bool Delete(NpgsqlConnection connection, string id, long? sequence)
    {
        // The lock keeps writers of grains out until the campaign is gone.
        var found = connection.Rows(
            row => (Key: row.GetInt32(0), Sequence: row.GetInt64(1)),
            $"SELECT key, sequence FROM {schema}.campaign WHERE id = $1 FOR UPDATE", id);
        if (found.Count > 0 && found[0].Sequence > sequence)
        {
            return false;
        }

        if (sequence is { } gone)
        {
            connection.Execute(
                $"""
                INSERT INTO {schema}.deleted AS d (id, sequence) VALUES ($1, $2)
                ON CONFLICT (id) DO UPDATE SET sequence = greatest(d.sequence, $2)
                """,
                id, gone);
        }

        if (found.Count == 0)
        {
            return false;
        }

        int key = found[0].Key;

        foreach (string table in new[] { "point", "block", "grain", "campaign_totals" })
        {
            using NpgsqlCommand command = connection.Command($"DELETE FROM {schema}.{table} WHERE campaign = $1", key);
            command.CommandTimeout = 0;
            command.ExecuteNonQuery();
        }

        connection.Execute($"DELETE FROM {schema}.campaign WHERE key = $1", key);
        return true;
    }

    private List<CampaignRecord> Where(NpgsqlConnection connection, string condition, params ReadOnlySpan<object> values) =>
        connection.Rows(
            CampaignRows.Read, $"SELECT {CampaignRows.ReadColumns} FROM {schema}.campaign WHERE {condition} ORDER BY submitted, key", values);
}
