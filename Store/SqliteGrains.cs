using System.Globalization;
using System.Text;
using CalciumSweep.Shared.Results;
using Microsoft.Data.Sqlite;

namespace CalciumSweep.Store;

/// <summary>The tables <c>grain</c>, <c>block</c>, <c>point</c> and <c>campaign_totals</c>: writes.</summary>
internal static class SqliteGrains
{
    private const string Outcomes = "none, quiescent, sparks, abortive, wave, repetitive, plateau, undecided, failed";

    /// <summary>Writes those that are not there yet, with everything that follows from them.</summary>
    /// <returns>How many were new.</returns>
    /// <exception cref="ArgumentException">The campaign is not stored, has another layout or other observables.</exception>
    /// <exception cref="OutdatedGrainsException">Results of the campaign were removed since they were begun.</exception>
    public static int Write(SqliteWriter writer, CampaignRecord campaign, IReadOnlyList<EncodedGrain> grains)
    {
        long key = Key(writer, campaign, grains);
        int added = 0;
        var counts = new long[PointSums.Classes];
        var digest = default(ResultDigest);
        double seconds = 0;
        foreach (EncodedGrain grain in grains)
        {
            if (!Add(writer, key, grain))
            {
                continue;
            }

            added++;
            digest += grain.Digest;
            seconds += grain.CoreSeconds;
            for (int i = 0; i < counts.Length; i++)
            {
                counts[i] += grain.Counts[i];
            }
        }

        if (added > 0)
        {
            AddToTotals(writer, key, new CampaignTotals(added, counts.Sum(), new Tally(counts), "", seconds), digest);
        }

        return added;
    }

    private static long Key(SqliteWriter writer, CampaignRecord campaign, IReadOnlyList<EncodedGrain> grains)
    {
        using SqliteDataReader row = writer.Query(
            "SELECT key, points, replicates, points_per_grain, replicates_per_grain, observables, removals FROM campaign WHERE id = $1",
            campaign.Id.Value);
        if (!row.Read())
        {
            throw new ArgumentException($"Campaign {campaign.Id} is not in the store: save it before its grains.", nameof(campaign));
        }

        long key = row.GetInt64(0);
        if (CampaignRows.Layout(row, 1) != campaign.Layout)
        {
            throw new ArgumentException($"Campaign {campaign.Id} is stored with another layout than {campaign.Layout}.", nameof(campaign));
        }

        CampaignRows.CheckBegun(campaign, row.GetInt64(6));
        int? known = row.IsDBNull(5) ? null : row.GetInt32(5);
        row.Close();
        foreach (EncodedGrain grain in grains)
        {
            known ??= SetObservables(writer, key, grain.Observables);
            if (grain.Observables != known)
            {
                throw new ArgumentException(
                    $"Grain {grain.Grain} has {grain.Observables} observables a simulation, others of {campaign.Id} {known}.", nameof(grains));
            }
        }

        return key;
    }

    private static int SetObservables(SqliteWriter writer, long key, int observables)
    {
        writer.Run("UPDATE campaign SET observables = $2 WHERE key = $1", key, observables);
        return observables;
    }

    private static bool Add(SqliteWriter writer, long key, EncodedGrain grain)
    {
        long[] n = grain.Counts;
        int added = writer.Run(
            $"""
            INSERT INTO grain (campaign, grain, simulations, {Outcomes}, digest, core_seconds)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT DO NOTHING
            """,
            key, grain.Grain, n.Sum(), n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8], grain.Digest.ToBytes(), grain.CoreSeconds);
        if (added == 0)
        {
            return false;
        }

        writer.Run("INSERT INTO block (campaign, grain, bytes) VALUES ($1, $2, $3)", key, grain.Grain, grain.Block);
        var text = new StringBuilder();
        foreach (PointSums point in grain.Points)
        {
            long[] c = point.Counts;
            writer.Run(
                $"""
                INSERT INTO point (campaign, point, first_replicate, n, {Outcomes}, sums)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
                """,
                key, point.Point, point.FirstReplicate, c.Sum(), c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7], c[8], Json(point.Sums, text));
        }

        return true;
    }

    // The digest's sum has 256 bits: SQL cannot add it, so the row is read, added to and written.
    private static void AddToTotals(SqliteWriter writer, long key, CampaignTotals more, ResultDigest digest)
    {
        using (SqliteDataReader row = writer.Query("SELECT digest FROM campaign_totals WHERE campaign = $1", key))
        {
            if (row.Read())
            {
                digest += ResultDigest.FromBytes(row.GetFieldValue<byte[]>(0));
            }
        }

        IReadOnlyList<long> n = more.Tally.Counts;
        writer.Run(
            $"""
            INSERT INTO campaign_totals (campaign, grains, simulations, {Outcomes}, digest, core_seconds)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
            ON CONFLICT (campaign) DO UPDATE SET grains = grains + $2, simulations = simulations + $3, none = none + $4,
                quiescent = quiescent + $5, sparks = sparks + $6, abortive = abortive + $7, wave = wave + $8,
                repetitive = repetitive + $9, plateau = plateau + $10, undecided = undecided + $11, failed = failed + $12,
                digest = $13, core_seconds = core_seconds + $14
            """,
            key, more.Grains, more.Simulations, n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8], digest.ToBytes(), more.CoreSeconds);
    }

    // For each observable [n, sum, sum of squares].
    private static string Json(double[] sums, StringBuilder text)
    {
        text.Clear().Append('[');
        for (int i = 0; i < sums.Length; i++)
        {
            text.Append((i, i % 3) switch { (0, _) => "[", (_, 0) => "],[", _ => "," });
            WriteNumber(text, sums[i]);
        }

        return text.Append(sums.Length == 0 ? "]" : "]]").ToString();
    }

    // JSON knows neither infinity nor NaN; SQLite reads a number past its range as infinite.
    private static void WriteNumber(StringBuilder text, double value) => _ = value switch
    {
        double.PositiveInfinity => text.Append("9e999"),
        double.NegativeInfinity => text.Append("-9e999"),
        double.NaN => text.Append("null"),
        _ => text.Append(CultureInfo.InvariantCulture, $"{value}"),
    };
}
