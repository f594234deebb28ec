using CalciumSweep.Shared.Results;
using CalciumSweep.Store;
using Xunit;

namespace CalciumSweep.Unit.Store;

public sealed class SqliteResultsTests : ResultStoreTests
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_reader_sees_the_store_as_it_was_when_it_began()
    {
        GrainResult[] grains = Campaigns.AllGrains(Campaigns.Small);
        Store.SaveCampaign(Campaigns.Small);
        Store.WriteGrains(Campaigns.Small, grains[..2]);
        using IEnumerator<GrainResult> reading = Store.ReadGrains(Campaigns.Small, 2).GetEnumerator();
        Assert.True(reading.MoveNext());

        Store.WriteGrains(Campaigns.Small, grains[2..]);

        Assert.True(reading.MoveNext());
        Assert.False(reading.MoveNext());
    }

    protected override IResultStore Open() => SqliteResults.Open(_folder["results.db"]);

    protected override void Dispose(bool disposing) => _folder.Dispose();
}
