using CalciumSweep.Shared.Results;
using CalciumSweep.Store;

namespace CalciumSweep.Unit.Store;

/// <summary>What a child process of the tests does until it is killed.</summary>
internal static class ChildProgram
{
    public static void Main(string[] args)
    {
        switch (args)
        {
            case ["hold", var folder]:
                using (DataFolder.Open(folder, exclusive: true))
                {
                    Console.WriteLine("held");
                    Console.ReadLine();
                }

                break;
            case ["write", var file]:
                WriteGrains(file);
                break;
            default:
                throw new ArgumentException($"What is '{string.Join(' ', args)}'?", nameof(args));
        }
    }

    // Says the number of each grain once it is acknowledged.
    private static void WriteGrains(string file)
    {
        using var store = SqliteResults.Open(file);
        CampaignRecord campaign = Campaigns.Large;
        store.SaveCampaign(campaign);
        for (long grain = store.StoredGrains(campaign.Id).Count; grain < campaign.Layout.Grains; grain++)
        {
            store.WriteGrains(campaign, [Results.Grains.Known(campaign.Layout, grain)]);
            Console.WriteLine(grain);
        }
    }
}
