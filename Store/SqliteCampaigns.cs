using CalciumSweep.Shared.Results;
using Microsoft.Data.Sqlite;

namespace CalciumSweep.Store;

/// <summary>The table <c>campaign</c>.</summary>
internal static class SqliteCampaigns
{
    /// <summary>Inserts a campaign or updates what may change.</summary>
    /// <exception cref="ArgumentException">Its id or identity belongs to another one, or grains of another layout are stored.</exception>
    public static void Save(SqliteWriter writer, CampaignRecord campaign)
    {
        using (SqliteDataReader taken = writer.Query(
            $"""
            SELECT {CampaignRows.TakenColumns}, EXISTS (SELECT 1 FROM grain WHERE grain.campaign = campaign.key)
            FROM campaign WHERE id = $1 OR identity = $2
            """,
            campaign.Id.Value, campaign.Identity))
        {
            CampaignRows.CheckTaken(campaign, taken);
        }

        writer.Run(
            $"""
            INSERT INTO campaign ({CampaignRows.Columns}) VALUES ({CampaignRows.Parameters})
            ON CONFLICT (id) DO UPDATE SET {CampaignRows.Updates}
            """,
            CampaignRows.Values(campaign));
    }

    /// <summary>All campaigns, oldest first.</summary>
    public static IReadOnlyList<CampaignRecord> All(SqliteConnection connection) => Where(connection, "1");

    /// <summary>One campaign by its id, else by a beginning that only one id has, else null.</summary>
    public static CampaignRecord? Find(SqliteConnection connection, string idOrPrefix) => idOrPrefix.Length == 0
        ? null : CampaignRows.Choose(Where(connection, "substr(id, 1, length($1)) = $1", idOrPrefix), idOrPrefix);

    /// <summary>One campaign by the identity of its spec, or null.</summary>
    public static CampaignRecord? FindByIdentity(SqliteConnection connection, string identity) =>
        Where(connection, "identity = $1", identity).SingleOrDefault();

    private static List<CampaignRecord> Where(SqliteConnection connection, string condition, params ReadOnlySpan<object> values)
    {
        using SqliteCommand command = connection.Command(
            $"SELECT {CampaignRows.ReadColumns} FROM campaign WHERE {condition} ORDER BY submitted, key", values);
        using SqliteDataReader reader = command.ExecuteReader();
        var found = new List<CampaignRecord>();
        while (reader.Read())
        {
            found.Add(CampaignRows.Read(reader));
        }

        return found;
    }
}
