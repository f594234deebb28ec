using System.Globalization;
using System.Text.Json;
using CalciumSweep.Shared;
using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;
using Microsoft.Data.Sqlite;

namespace CalciumSweep.Store;

/// <summary>The table <c>campaign</c>.</summary>
internal static class SqliteCampaigns
{
    private const string Columns =
        """
        id, identity, spec, points, replicates, points_per_grain, replicates_per_grain, state, quarantined, wall_seconds,
        submitted, observe, keep
        """;

    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web);

    /// <summary>Inserts a campaign or updates what may change.</summary>
    /// <exception cref="ArgumentException">Its id or identity belongs to another one, or grains of another layout are stored.</exception>
    public static void Save(SqliteWriter writer, CampaignRecord campaign)
    {
        CheckTaken(writer, campaign);
        writer.Run(
            """
            INSERT INTO campaign (id, identity, spec, points, replicates, points_per_grain, replicates_per_grain, state,
                quarantined, wall_seconds, submitted, observe, keep)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            ON CONFLICT (id) DO UPDATE SET spec = $3, points = $4, replicates = $5, points_per_grain = $6,
                replicates_per_grain = $7, state = $8, quarantined = $9, wall_seconds = $10, submitted = $11, observe = $12,
                keep = $13
            """,
            campaign.Id.Value, campaign.Identity, campaign.SpecText, campaign.Layout.Points, campaign.Layout.Replicates,
            campaign.Layout.PointsPerGrain, campaign.Layout.ReplicatesPerGrain, Word(campaign.State),
            JsonSerializer.Serialize(campaign.Quarantined, _json), campaign.WallSeconds,
            campaign.Submitted.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
            JsonSerializer.Serialize(campaign.Observe, _json), Word(campaign.Keep));
    }

    /// <summary>All campaigns, oldest first.</summary>
    public static IReadOnlyList<CampaignRecord> All(SqliteConnection connection) => Where(connection, "1");

    /// <summary>One campaign by its id, else by a beginning that only one id has, else null.</summary>
    public static CampaignRecord? Find(SqliteConnection connection, string idOrPrefix)
    {
        if (idOrPrefix.Length == 0)
        {
            return null;
        }

        var found = Where(connection, "substr(id, 1, length($1)) = $1", idOrPrefix);
        return found.FirstOrDefault(c => c.Id.Value == idOrPrefix) ?? (found.Count == 1 ? found[0] : null);
    }

    /// <summary>One campaign by the identity of its spec, or null.</summary>
    public static CampaignRecord? FindByIdentity(SqliteConnection connection, string identity) =>
        Where(connection, "identity = $1", identity).SingleOrDefault();

    private static List<CampaignRecord> Where(SqliteConnection connection, string condition, params ReadOnlySpan<object> values)
    {
        using SqliteCommand command = connection.Command(
            $"SELECT {Columns} FROM campaign WHERE {condition} ORDER BY submitted, key", values);
        using SqliteDataReader reader = command.ExecuteReader();
        var found = new List<CampaignRecord>();
        while (reader.Read())
        {
            found.Add(Read(reader));
        }

        return found;
    }

    private static CampaignRecord Read(SqliteDataReader row) => new(
        new CampaignId(row.GetString(0)), row.GetString(1), row.GetString(2),
        new GrainLayout(row.GetInt64(3), row.GetInt32(4), row.GetInt32(5), row.GetInt32(6)),
        Enum.Parse<CampaignStatus>(row.GetString(7), ignoreCase: true),
        JsonSerializer.Deserialize<QuarantinedSimulation[]>(row.GetString(8), _json)!, row.GetDouble(9),
        DateTimeOffset.Parse(row.GetString(10), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal))
    {
        Observe = JsonSerializer.Deserialize<string[]>(row.GetString(11), _json)!,
        Keep = Enum.Parse<Keep>(row.GetString(12), ignoreCase: true),
    };

    private static void CheckTaken(SqliteWriter writer, CampaignRecord campaign)
    {
        using SqliteDataReader row = writer.Query(
            """
            SELECT id, identity, points, replicates, points_per_grain, replicates_per_grain,
                EXISTS (SELECT 1 FROM grain WHERE grain.campaign = campaign.key)
            FROM campaign WHERE id = $1 OR identity = $2
            """,
            campaign.Id.Value, campaign.Identity);
        while (row.Read())
        {
            if (row.GetString(0) != campaign.Id.Value || row.GetString(1) != campaign.Identity)
            {
                throw new ArgumentException(
                    $"Campaign {campaign.Id} cannot be stored: {row.GetString(0)} has the same id or the same spec.", nameof(campaign));
            }

            // Before the first grain the layout is only a proposal: a crash may have come between it and the journal.
            var layout = new GrainLayout(row.GetInt64(2), row.GetInt32(3), row.GetInt32(4), row.GetInt32(5));
            if (row.GetBoolean(6) && layout != campaign.Layout)
            {
                throw new ArgumentException(
                    $"Campaign {campaign.Id} has grains of the layout {layout} already, not {campaign.Layout}.", nameof(campaign));
            }
        }
    }

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
