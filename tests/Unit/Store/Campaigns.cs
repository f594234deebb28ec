using CalciumSweep.Shared;
using CalciumSweep.Shared.Results;

namespace CalciumSweep.Unit.Store;

/// <summary>Campaigns to test with.</summary>
internal static class Campaigns
{
    /// <summary>Seven points of four replicates, two points a grain: the last grain has one.</summary>
    public static CampaignRecord Small { get; } = Of("small-1f3a9c", new GrainLayout(7, 4, 2, 4));

    /// <summary>Three points of ten replicates, each split into grains of 4, 4 and 2.</summary>
    public static CampaignRecord Split { get; } = Of("split-5b07de", new GrainLayout(3, 10, 1, 4));

    /// <summary>More grains than a test writes.</summary>
    public static CampaignRecord Large { get; } = Of("large-00ff00", new GrainLayout(1_000_000, 16, 16, 16));

    public static CampaignRecord Of(string id, GrainLayout layout) => new(
        new CampaignId(id), $"identity of {id}", "name: x\nscenario: no-op\n", layout, CampaignStatus.Running, [], 0,
        new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero))
    {
        Observe = ["sum", "draw"],
    };

    public static GrainResult[] AllGrains(CampaignRecord campaign) =>
        [.. Enumerable.Range(0, (int)campaign.Layout.Grains).Select(grain => Results.Grains.Known(campaign.Layout, grain))];
}
