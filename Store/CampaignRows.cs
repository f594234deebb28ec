using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using CalciumSweep.Shared;
using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;

namespace CalciumSweep.Store;

/// <summary>A row of the table <c>campaign</c>, the same in every database.</summary>
internal static class CampaignRows
{
    /// <summary>Columns in the order of <see cref="Values"/>.</summary>
    public const string Columns =
        """
        id, identity, spec, points, replicates, points_per_grain, replicates_per_grain, state, quarantined, wall_seconds,
        submitted, observe, keep, sequence, removals
        """;

    /// <summary>Columns in the order of <see cref="Read"/>.</summary>
    public const string ReadColumns = Columns + ", tags, note";

    /// <summary>What <see cref="LabelValues"/> change.</summary>
    public const string LabelUpdates = "tags = COALESCE($2, tags), note = COALESCE($3, note) WHERE id = $1";

    /// <summary>Values of an insert.</summary>
    public const string Parameters = "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15";

    /// <summary>What an insert changes if the id is there already.</summary>
    public const string Updates =
        """
        spec = $3, points = $4, replicates = $5, points_per_grain = $6, replicates_per_grain = $7, state = $8,
            quarantined = $9, wall_seconds = $10, submitted = $11, observe = $12, keep = $13, sequence = $14,
            removals = $15
        """;

    /// <summary>Columns of <see cref="CheckTaken"/>; one more follows: whether grains of the campaign are stored.</summary>
    public const string TakenColumns = "id, identity, points, replicates, points_per_grain, replicates_per_grain";

    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web);

    /// <summary>The row of a campaign.</summary>
    public static object[] Values(CampaignRecord campaign) =>
    [
        campaign.Id.Value, campaign.Identity, campaign.SpecText, campaign.Layout.Points, campaign.Layout.Replicates,
        campaign.Layout.PointsPerGrain, campaign.Layout.ReplicatesPerGrain, Word(campaign.State),
        JsonSerializer.Serialize(campaign.Quarantined, _json), campaign.WallSeconds,
        campaign.Submitted.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        JsonSerializer.Serialize(campaign.Observe, _json), Word(campaign.Keep), campaign.Sequence, campaign.Removals,
    ];

    /// <summary>Values of <see cref="LabelUpdates"/>.</summary>
    public static object[] LabelValues(CampaignId campaign, IReadOnlyList<string>? tags, string? note) =>
        [campaign.Value, tags is null ? DBNull.Value : JsonSerializer.Serialize(tags, _json), (object?)note ?? DBNull.Value];

    /// <summary>The campaign of a row.</summary>
    public static CampaignRecord Read(DbDataReader row) => new(
        new CampaignId(row.GetString(0)), row.GetString(1), row.GetString(2), Layout(row, 3),
        Enum.Parse<CampaignStatus>(row.GetString(7), ignoreCase: true),
        JsonSerializer.Deserialize<QuarantinedSimulation[]>(row.GetString(8), _json)!, row.GetDouble(9),
        DateTimeOffset.Parse(row.GetString(10), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal))
    {
        Observe = JsonSerializer.Deserialize<string[]>(row.GetString(11), _json)!,
        Keep = Enum.Parse<Keep>(row.GetString(12), ignoreCase: true),
        Sequence = row.GetInt64(13),
        Removals = row.GetInt64(14),
        Label = Label(row.GetString(15), row.GetString(16)),
    };

    /// <summary>The campaign that is meant, if there are several whose id begins so.</summary>
    /// <param name="found">Campaigns whose id begins so.</param>
    /// <param name="idOrPrefix">An id or the beginning of one.</param>
    public static CampaignRecord? Choose(IReadOnlyList<CampaignRecord> found, string idOrPrefix) =>
        found.FirstOrDefault(c => c.Id.Value == idOrPrefix) ?? (found.Count == 1 ? found[0] : null);

    /// <summary>A layout, from this column on.</summary>
    public static GrainLayout Layout(DbDataReader row, int column) => new(
        row.GetInt64(column), row.GetInt32(column + 1), row.GetInt32(column + 2), row.GetInt32(column + 3));

    /// <summary>Checks that no results were removed since a worker began the grains that it writes.</summary>
    /// <param name="campaign">As the worker knew it then.</param>
    /// <param name="removals">That the store knows of.</param>
    public static void CheckBegun(CampaignRecord campaign, long removals)
    {
        if (campaign.Removals < removals)
        {
            throw new OutdatedGrainsException(campaign.Id, campaign.Removals, removals);
        }
    }

    /// <summary>Checks a campaign against those that have its id or its identity.</summary>
    /// <param name="campaign">What is to be saved.</param>
    /// <param name="row">Rows of <see cref="TakenColumns"/> and whether grains are stored.</param>
    /// <exception cref="ArgumentException">Its id or identity belongs to another one, or grains of another layout are stored.</exception>
    public static void CheckTaken(CampaignRecord campaign, DbDataReader row)
    {
        while (row.Read())
        {
            if (row.GetString(0) != campaign.Id.Value || row.GetString(1) != campaign.Identity)
            {
                throw new ArgumentException(
                    $"Campaign {campaign.Id} cannot be stored: {row.GetString(0)} has the same id or the same spec.", nameof(campaign));
            }

            // Before the first grain the layout is only a proposal: a crash may have come between it and the journal.
            GrainLayout layout = Layout(row, 2);
            if (row.GetBoolean(6) && layout != campaign.Layout)
            {
                throw new ArgumentException(
                    $"Campaign {campaign.Id} has grains of the layout {layout} already, not {campaign.Layout}.", nameof(campaign));
            }
        }
    }

    private static CampaignLabel Label(string tags, string note) => tags == "[]" && note.Length == 0 ? CampaignLabel.None
        : new(JsonSerializer.Deserialize<string[]>(tags, _json)!, note);

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
