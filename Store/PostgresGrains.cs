using System.Globalization;
using System.Numerics;
using CalciumSweep.Shared.Results;
using Npgsql;

namespace CalciumSweep.Store;

/// <summary>The tables <c>grain</c>, <c>block</c>, <c>point</c> and <c>campaign_totals</c>: writes.</summary>
internal sealed class PostgresGrains(string schema)
{
    // Measured: 170,000 rows a second over one connection, against 130,000 with a thousand rows in a statement.
    private const int RowsInInsert = 4096;

    // Writers of a campaign that meet in one row of its totals wait for each other's commits.
    private const int Slots = 8;

    private const string Outcomes = "none, quiescent, sparks, abortive, wave, repetitive, plateau, undecided, failed";
    private const string DigestModulus = "115792089237316195423570985008687907853269984665640564039457584007913129639936";

    private readonly string _insertGrains =
        $"""
        INSERT INTO {schema}.grain (campaign, grain, simulations, {Outcomes}, digest, core_seconds)
        SELECT $1, * FROM unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        ON CONFLICT DO NOTHING RETURNING grain
        """;

    private readonly string _insertBlocks =
        $"INSERT INTO {schema}.block (campaign, grain, bytes) SELECT $1, * FROM unnest($2, $3)";

    private readonly string _addToTotals =
        $"""
        INSERT INTO {schema}.campaign_totals AS t (campaign, slot, grains, simulations, {Outcomes}, digest, core_seconds)
        VALUES ($1, pg_backend_pid() % {Slots}, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        ON CONFLICT (campaign, slot) DO UPDATE SET grains = t.grains + $2, simulations = t.simulations + $3,
            none = t.none + $4, quiescent = t.quiescent + $5, sparks = t.sparks + $6, abortive = t.abortive + $7,
            wave = t.wave + $8, repetitive = t.repetitive + $9, plateau = t.plateau + $10, undecided = t.undecided + $11,
            failed = t.failed + $12, digest = mod(t.digest + $13, {DigestModulus}), core_seconds = t.core_seconds + $14
        """;

    /// <summary>Writes those that are not there yet, with everything that follows from them.</summary>
    /// <param name="connection">In a transaction.</param>
    /// <param name="campaign">The campaign.</param>
    /// <param name="grains">By ascending index: two writers that meet then wait, but never for each other.</param>
    /// <returns>How many were new; null if the campaign's observables have to be set first.</returns>
    /// <exception cref="ArgumentException">The campaign is not stored, has another layout or other observables.</exception>
    /// <exception cref="OutdatedGrainsException">Results of the campaign were removed since they were begun.</exception>
    public int? Write(NpgsqlConnection connection, CampaignRecord campaign, IReadOnlyList<EncodedGrain> grains)
    {
        if (Key(connection, campaign, grains) is not { } key)
        {
            return null;
        }

        HashSet<long> added = [.. connection.Rows(row => row.GetInt64(0), _insertGrains, GrainColumns(key, grains))];
        int count = added.Count;
        if (count == 0)
        {
            return 0;
        }

        // A grain that came twice in one call is new once.
        EncodedGrain[] fresh = [.. grains.Where(grain => added.Remove(grain.Grain))];
        using NpgsqlBatch commands = connection.CreateBatch();
        commands.Add(_insertBlocks, key, Column(fresh, g => g.Grain), Column(fresh, g => g.Block));
        foreach (PointSums[] points in fresh.SelectMany(grain => grain.Points).Chunk(RowsInInsert))
        {
            commands.Add(InsertPoints(points[0].Sums.Length), PointColumns(key, points));
        }

        commands.Add(_addToTotals, Sums(key, fresh));
        commands.ExecuteNonQuery();
        return count;
    }

    /// <summary>Removes those that are there, with everything that followed from them.</summary>
    /// <param name="connection">In a transaction.</param>
    /// <param name="campaign">Id of the campaign.</param>
    /// <param name="grains">By ascending index.</param>
    /// <param name="sequence">The journal's number of that: nothing happens if the campaign stands as of that or a later one.</param>
    /// <param name="removals">How often there was one then.</param>
    /// <returns>How many were.</returns>
    public int Remove(NpgsqlConnection connection, string campaign, IReadOnlyList<long> grains, long? sequence, long removals)
    {
        var found = connection.Rows(
            row => (Key: row.GetInt32(0), Layout: CampaignRows.Layout(row, 1)),
            $"""
            UPDATE {schema}.campaign SET sequence = greatest(sequence, $2), removals = greatest(removals, $4) WHERE id = $1 AND sequence < $3
            RETURNING key, points, replicates, points_per_grain, replicates_per_grain
            """,
            campaign, sequence ?? 0, sequence ?? long.MaxValue, removals);
        int removed = 0;
        foreach (long grain in found.Count == 0 ? [] : grains)
        {
            removed += Remove(connection, found[0].Key, found[0].Layout, grain) ? 1 : 0;
        }

        return removed;
    }

    /// <summary>Notes how many observables a simulation of this campaign has, before its first grain is written.</summary>
    public bool SetObservables(NpgsqlConnection connection, CampaignRecord campaign, int observables) => connection.Execute(
        $"UPDATE {schema}.campaign SET observables = coalesce(observables, $2) WHERE id = $1", campaign.Id.Value, observables) > 0;

    /// <summary>The digest of a row of totals.</summary>
    public static ResultDigest DigestOf(BigInteger sum)
    {
        var bytes = new byte[ResultDigest.Size];
        byte[] significant = sum.ToByteArray(isUnsigned: true, isBigEndian: true);
        significant.CopyTo(bytes, bytes.Length - significant.Length);
        return ResultDigest.FromBytes(bytes);
    }

    // The totals have several rows a campaign, whose sum counts: what is subtracted from one may leave it below zero.
    private bool Remove(NpgsqlConnection connection, int key, GrainLayout layout, long grain)
    {
        var gone = connection.Rows(
            row => (
                Counts: Enumerable.Range(0, PointSums.Classes).Select(i => (long)row.GetInt32(i)).ToArray(),
                Digest: new BigInteger(row.GetFieldValue<byte[]>(PointSums.Classes), isUnsigned: true, isBigEndian: true),
                Seconds: row.GetDouble(PointSums.Classes + 1)),
            $"DELETE FROM {schema}.grain WHERE campaign = $1 AND grain = $2 RETURNING {Outcomes}, digest, core_seconds", key, grain);
        if (gone.Count == 0)
        {
            return false;
        }

        var (counts, digest, seconds) = gone[0];
        var (first, count) = layout.Range(grain);
        long point = first / layout.Replicates, last = (first + count - 1) / layout.Replicates;
        int fromReplicate = layout.GrainsPerPoint > 1 ? (int)(first % layout.Replicates) : 0;
        connection.Execute(
            $"DELETE FROM {schema}.point WHERE campaign = $1 AND point BETWEEN $2 AND $3 AND first_replicate = $4", key, point, last, fromReplicate);
        connection.Execute(
            _addToTotals,
            [key, -1L, -counts.Sum(), .. counts.Select(object (n) => -n), BigInteger.Parse(DigestModulus, CultureInfo.InvariantCulture) - digest, -seconds]);
        return true;
    }

    private static object[] GrainColumns(int key, IReadOnlyList<EncodedGrain> grains) =>
    [
        key, Column(grains, g => g.Grain), Column(grains, g => (int)g.Counts.Sum()), .. Counts(grains, g => g.Counts),
        Column(grains, g => g.Digest.ToBytes()), Column(grains, g => g.CoreSeconds),
    ];

    private static object[] PointColumns(int key, PointSums[] points) =>
    [
        key, Column(points, p => p.Point), Column(points, p => p.FirstReplicate), Column(points, p => (int)p.Counts.Sum()),
        .. Counts(points, p => p.Counts), .. Enumerable.Range(0, points[0].Sums.Length).Select(object (i) => Column(points, p => p.Sums[i])),
    ];

    private static object[] Sums(int key, EncodedGrain[] grains)
    {
        var digest = default(ResultDigest);
        var counts = new long[PointSums.Classes];
        foreach (EncodedGrain grain in grains)
        {
            digest += grain.Digest;
            for (int i = 0; i < counts.Length; i++)
            {
                counts[i] += grain.Counts[i];
            }
        }

        return
        [
            key, (long)grains.Length, counts.Sum(), .. counts.Cast<object>(),
            new BigInteger(digest.ToBytes(), isUnsigned: true, isBigEndian: true), grains.Sum(g => g.CoreSeconds),
        ];
    }

    private static IEnumerable<object> Counts<T>(IReadOnlyList<T> rows, Func<T, long[]> counts) =>
        Enumerable.Range(0, PointSums.Classes).Select(object (i) => Column(rows, row => (int)counts(row)[i]));

    private static TValue[] Column<T, TValue>(IReadOnlyList<T> rows, Func<T, TValue> value)
    {
        var column = new TValue[rows.Count];
        for (int i = 0; i < column.Length; i++)
        {
            column[i] = value(rows[i]);
        }

        return column;
    }

    // unnest takes arrays of arrays apart to single numbers, so that each number of the sums is a column of its own here.
    private string InsertPoints(int sums)
    {
        string numbers = string.Join(", ", Enumerable.Range(0, sums).Select(i => $"s{i}"));
        string columns = "p, r, n, c0, c1, c2, c3, c4, c5, c6, c7, c8" + (sums > 0 ? ", " : "") + numbers;
        string arrays = string.Join(", ", Enumerable.Range(2, 12 + sums).Select(i => $"${i}"));
        return $"""
            INSERT INTO {schema}.point (campaign, point, first_replicate, n, {Outcomes}, sums)
            SELECT $1, p, r, n, c0, c1, c2, c3, c4, c5, c6, c7, c8, ARRAY[{numbers}]::double precision[]
            FROM unnest({arrays}) AS u ({columns})
            """;
    }

    private int? Key(NpgsqlConnection connection, CampaignRecord campaign, IReadOnlyList<EncodedGrain> grains)
    {
        // Shared with other writers; neither the layout can change nor the campaign be deleted until this one is done.
        using NpgsqlCommand command = connection.Command(
            $"""
            SELECT key, points, replicates, points_per_grain, replicates_per_grain, observables, removals
            FROM {schema}.campaign WHERE id = $1 FOR SHARE
            """,
            campaign.Id.Value);
        using NpgsqlDataReader row = command.ExecuteReader();
        if (!row.Read())
        {
            throw new ArgumentException($"Campaign {campaign.Id} is not in the store: save it before its grains.", nameof(campaign));
        }

        if (CampaignRows.Layout(row, 1) != campaign.Layout)
        {
            throw new ArgumentException($"Campaign {campaign.Id} is stored with another layout than {campaign.Layout}.", nameof(campaign));
        }

        CampaignRows.CheckBegun(campaign, row.GetInt64(6));
        int? known = row.IsDBNull(5) ? null : row.GetInt32(5);
        foreach (EncodedGrain grain in grains)
        {
            if (grain.Observables != (known ?? grains[0].Observables))
            {
                throw new ArgumentException(
                    $"Grain {grain.Grain} has {grain.Observables} observables a simulation, others of {campaign.Id} {known ?? grains[0].Observables}.", nameof(grains));
            }
        }

        return known is null && grains.Count > 0 ? null : row.GetInt32(0);
    }
}
