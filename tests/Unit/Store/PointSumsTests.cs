using System.Text.Json;
using CalciumSweep.Shared.Results;
using CalciumSweep.Solver.Engine;
using CalciumSweep.Store;
using CalciumSweep.Unit.Results;
using Microsoft.Data.Sqlite;
using Xunit;

namespace CalciumSweep.Unit.Store;

public sealed class PointSumsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteResults _store;

    public PointSumsTests() => _store = SqliteResults.Open(_folder["results.db"]);

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void The_views_agree_with_the_simulations(int which)
    {
        CampaignRecord campaign = which == 0 ? Campaigns.Small : Campaigns.Split;
        GrainResult[] grains = Campaigns.AllGrains(campaign);
        _store.SaveCampaign(campaign);
        _store.WriteGrains(campaign, grains);
        _store.WriteGrains(campaign, grains);
        Outcome?[] outcomes = [.. grains.SelectMany(g => g.Outcomes)];
        double[] values = [.. grains.SelectMany(g => g.Observables)];
        int replicates = campaign.Layout.Replicates;

        var points = Rows("SELECT point, n, quiescent, wave, failed FROM points WHERE campaign = $1", campaign);
        var means = Rows("SELECT point, n, mean, sd FROM point_observables WHERE campaign = $1 AND observable = 'draw'", campaign);

        Assert.Equal(campaign.Layout.Points, points.Count);
        for (int p = 0; p < points.Count; p++)
        {
            var own = outcomes.AsSpan(p * replicates, replicates).ToArray();
            Assert.Equal(
                [(long)p, (long)replicates, Count(own, Outcome.Quiescent), Count(own, Outcome.Wave), Count(own, Outcome.Failed)], points[p]);
            double[] applicable = [.. Enumerable.Range(p * replicates, replicates).Select(i => values[(2 * i) + 1]).Where(double.IsFinite)];
            double mean = applicable.Average();
            Assert.Equal((long)p, means[p][0]);
            Assert.Equal((long)applicable.Length, means[p][1]);
            // Values below 31 with one rounding an addition: the sums agree to 10 · 2⁻⁵³ · 310, their squares likewise;
            // the variance loses the digits of mean²/variance ≤ 961.
            Assert.Equal(mean, (double)means[p][2]!, 1e-12);
            Assert.Equal(Math.Sqrt(applicable.Sum(v => (v - mean) * (v - mean)) / (applicable.Length - 1)), (double)means[p][3]!, 1e-9);
        }
    }

    [Fact]
    public void Numbers_that_json_does_not_know_are_stored_all_the_same()
    {
        var layout = new GrainLayout(4, 1, 4, 1);
        var grain = new GrainResult(
            0, [Outcome.Wave, Outcome.Wave, Outcome.Wave, null], new Dictionary<int, string>(),
            [double.PositiveInfinity, double.NegativeInfinity, double.NaN, 5], [1, 1, 1, 1], 0);

        PointSums[] rows = PointSums.Of(layout, grain, 1);

        double inf = double.PositiveInfinity;
        Assert.Equal([[1, inf, inf], [1, -inf, inf], [0, 0, 0], [0, 0, 0]], rows.Select(r => r.Sums));
        var campaign = Campaigns.Of("edges-000000", layout);
        _store.SaveCampaign(campaign);
        _store.WriteGrains(campaign, [grain]);
        Assert.Equal(
            [double.PositiveInfinity, double.NegativeInfinity, null, null],
            Rows("SELECT mean FROM point_observables WHERE campaign = $1", campaign).Select(r => r[0]));
        Assert.Equal(
            "[[1,9e999,9e999]] [[1,-9e999,9e999]] [[0,0,0]] [[0,0,0]]",
            string.Join(' ', Rows("SELECT sums FROM point WHERE $1 <> ''", campaign).Select(r => r[0])));
    }

    [Fact]
    public void A_sum_is_written_to_the_last_bit()
    {
        double value = 0.1 + 0.2;
        var grain = new GrainResult(0, [Outcome.Wave], new Dictionary<int, string>(), [value], [1], 0);

        CampaignRecord campaign = Campaigns.Of("bits-000000", new GrainLayout(1, 1, 1, 1));
        _store.SaveCampaign(campaign);
        _store.WriteGrains(campaign, [grain]);

        string sums = (string)Rows("SELECT sums FROM point WHERE $1 <> ''", campaign).Single()[0]!;
        Assert.Equal([1, value, value * value], JsonSerializer.Deserialize<double[][]>(sums)!.Single());
    }

    [Fact]
    public void A_split_point_has_a_row_for_each_share()
    {
        PointSums[] rows = PointSums.Of(Campaigns.Split.Layout, Grains.Known(Campaigns.Split.Layout, 5), 2);

        Assert.Equal((1, 8, 2), (rows.Single().Point, rows[0].FirstReplicate, rows[0].Counts.Sum()));
    }

    [Fact]
    public void Without_names_observables_are_numbered()
    {
        CampaignRecord campaign = Campaigns.Small with { Observe = [] };
        _store.SaveCampaign(campaign);
        _store.WriteGrains(campaign, [Grains.Known(campaign.Layout, 0)]);

        Assert.Equal([0L, 1L], Rows("SELECT DISTINCT observable FROM point_observables WHERE campaign = $1", campaign).Select(r => r[0]));
    }

    private static long Count(Outcome?[] outcomes, Outcome outcome) => outcomes.Count(o => o == outcome);

    private List<object?[]> Rows(string sql, CampaignRecord campaign)
    {
        using var connection = new SqliteConnection($"Data Source={_folder["results.db"]};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$1", campaign.Id.Value);
        using SqliteDataReader reader = command.ExecuteReader();
        var rows = new List<object?[]>();
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i))]);
        }

        return rows;
    }
}
