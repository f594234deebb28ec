using CalciumSweep.Shared.Results;
using CalciumSweep.Solver.Engine;
using CalciumSweep.Store;
using CalciumSweep.Unit.Results;
using Xunit;

namespace CalciumSweep.Unit.Store;

public sealed class EncodedGrainTests : IDisposable
{
    private static readonly CampaignRecord _campaign = Campaigns.Small;

    private readonly TemporaryFolder _folder = new();
    private readonly SqliteResults _store;

    public EncodedGrainTests()
    {
        _store = SqliteResults.Open(_folder["results.db"]);
        _store.SaveCampaign(_campaign);
    }

    public static TheoryData<string, GrainResult> Misfits()
    {
        GrainResult good = Grains.Known(_campaign.Layout, 0);
        return new()
        {
            { "grain before the first", good with { Grain = -1 } },
            { "grain past the last", good with { Grain = 4 } },
            { "grain of another length", good with { Grain = 3 } },
            { "outcomes", good with { Outcomes = [.. good.Outcomes.Skip(1)] } },
            { "steps", good with { Steps = [1] } },
            { "observables", good with { Observables = good.Observables[1..] } },
            { "other observables than before", Grains.Known(_campaign.Layout, 1, observables: 3) },
            { "reason past the end", good with { Reasons = new Dictionary<int, string> { [8] = "x" } } },
            { "reason before the start", good with { Reasons = new Dictionary<int, string> { [-1] = "x" } } },
            { "outcome", good with { Outcomes = [(Outcome)9, .. good.Outcomes.Skip(1)] } },
        };
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Misfits))]
    public void A_grain_that_does_not_fit_is_refused_with_all_that_came_with_it(string what, GrainResult grain)
    {
        GrainResult[] grains = Campaigns.AllGrains(_campaign);
        _store.WriteGrains(_campaign, [grains[2]]);

        Assert.False(string.IsNullOrEmpty(Assert.Throws<ArgumentException>(() => _store.WriteGrains(_campaign, [grains[3], grain])).Message), what);

        Assert.Equal([2], _store.StoredGrains(_campaign.Id));
        Assert.Equal(2, _store.WriteGrains(_campaign, [grains[1], grains[3]]));
    }

    [Fact]
    public void Reading_with_another_number_of_observables_is_refused()
    {
        _store.WriteGrains(_campaign, Campaigns.AllGrains(_campaign));

        Assert.Throws<ArgumentException>(() => _store.ReadGrains(_campaign, 3).Count());
    }
}
