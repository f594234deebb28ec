using CalciumSweep.Shared;
using CalciumSweep.Shared.Results;
using Microsoft.Data.Sqlite;

namespace CalciumSweep.Store;

/// <summary>Takes grains out of the tables that <see cref="SqliteGrains"/> fills, with everything that followed from them.</summary>
internal static class SqliteRemoval
{
    private const string Outcomes = "none, quiescent, sparks, abortive, wave, repetitive, plateau, undecided, failed";

    /// <summary>Removes those that are there.</summary>
    /// <param name="writer">In a transaction.</param>
    /// <param name="campaign">The campaign.</param>
    /// <param name="grains">Those that go.</param>
    /// <param name="removals">How often there was a removal then.</param>
    /// <returns>How many were.</returns>
    public static int Remove(SqliteWriter writer, CampaignId campaign, IReadOnlyList<long> grains, long removals)
    {
        if (Find(writer, campaign) is not { } found)
        {
            return 0;
        }

        writer.Run("UPDATE campaign SET removals = max(removals, $2) WHERE key = $1", found.Key, removals);
        int removed = 0;
        foreach (long grain in grains)
        {
            removed += Remove(writer, found.Key, found.Layout, grain) ? 1 : 0;
        }

        return removed;
    }

    private static (long Key, GrainLayout Layout)? Find(SqliteWriter writer, CampaignId campaign)
    {
        using SqliteDataReader row = writer.Query(
            "SELECT key, points, replicates, points_per_grain, replicates_per_grain FROM campaign WHERE id = $1", campaign.Value);
        return row.Read()
            ? (row.GetInt64(0), new GrainLayout(row.GetInt64(1), row.GetInt32(2), row.GetInt32(3), row.GetInt32(4)))
            : null;
    }

    private static bool Remove(SqliteWriter writer, long key, GrainLayout layout, long grain)
    {
        if (!Subtract(writer, key, grain))
        {
            return false;
        }

        var (first, count) = layout.Range(grain);
        long point = first / layout.Replicates, last = (first + count - 1) / layout.Replicates;
        if (layout.GrainsPerPoint > 1)
        {
            writer.Run(
                "DELETE FROM point WHERE campaign = $1 AND point = $2 AND first_replicate = $3", key, point, first % layout.Replicates);
        }
        else
        {
            writer.Run("DELETE FROM point WHERE campaign = $1 AND point BETWEEN $2 AND $3", key, point, last);
        }

        // Its block goes with it.
        return writer.Run("DELETE FROM grain WHERE campaign = $1 AND grain = $2", key, grain) > 0;
    }

    // The digest's sum has 256 bits: SQL cannot subtract it, so both are read.
    private static bool Subtract(SqliteWriter writer, long key, long grain)
    {
        ResultDigest digest;
        using (SqliteDataReader row = writer.Query(
            "SELECT grain.digest, campaign_totals.digest FROM grain JOIN campaign_totals USING (campaign) WHERE campaign = $1 AND grain = $2",
            key, grain))
        {
            if (!row.Read())
            {
                return false;
            }

            var gone = ResultDigest.FromBytes(row.GetFieldValue<byte[]>(0));

            // A sum mod 2^256: the complement plus one is the negative.
            digest = ResultDigest.FromBytes(row.GetFieldValue<byte[]>(1))
                + new ResultDigest(~gone.A, ~gone.B, ~gone.C, ~gone.D) + new ResultDigest(1, 0, 0, 0);
        }

        string less = string.Join(
            ", ", Outcomes.Split(", ").Append("simulations").Append("core_seconds").Select(c => $"{c} = campaign_totals.{c} - gone.{c}"));
        writer.Run(
            $"""
            UPDATE campaign_totals SET grains = grains - 1, digest = $3, {less}
            FROM (SELECT * FROM grain WHERE campaign = $1 AND grain = $2) AS gone WHERE campaign_totals.campaign = $1
            """,
            key, grain, digest.ToBytes());
        return true;
    }
}
