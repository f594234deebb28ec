using CalciumSweep.Shared.Results;
using CalciumSweep.Store;
using CalciumSweep.Unit.Results;
using Xunit;

namespace CalciumSweep.Unit.Store;

public sealed class KilledWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_killed_writer_leaves_whole_grains_and_every_acknowledged_one()
    {
        CampaignRecord campaign = Campaigns.Large;
        string file = _folder["results.db"];
        foreach (int acknowledged in new[] { 1, 37, 150 })
        {
            long last = 0;
            using (var writer = new ChildProcess("write", file))
            {
                for (int i = 0; i < acknowledged; i++)
                {
                    last = long.Parse(writer.ReadLine()!);
                }

                // It is in the middle of a later grain now, wherever that is.
                writer.Kill();
            }

            using var store = SqliteResults.Open(file);
            long[] grains = [.. store.StoredGrains(campaign.Id)];
            Assert.Equal(Enumerable.Range(0, grains.Length).Select(g => (long)g), grains);
            Assert.True(last < grains.Length, $"grain {last} was acknowledged, {grains.Length} are stored");
            AssertWhole(store, campaign, grains);
        }
    }

    private static void AssertWhole(SqliteResults store, CampaignRecord campaign, long[] grains)
    {
        var digest = default(ResultDigest);
        int read = 0;
        foreach (GrainResult grain in store.ReadGrains(campaign, 2))
        {
            Assert.True(Grains.Same(Grains.Known(campaign.Layout, grain.Grain), grain));
            digest += ResultDigest.OfGrain(campaign.Layout, grain);
            read++;
        }

        CampaignTotals totals = store.Totals(campaign.Id);
        Assert.Equal((grains.Length, (long)grains.Length, digest.ToString()), (read, totals.Grains, totals.Digest));
    }
}
