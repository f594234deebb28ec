using System.Globalization;
using CalciumSweep.Shared.Results;
using CalciumSweep.Store;
using CalciumSweep.Unit.Results;

namespace CalciumSweep.StoreTests;

/// <summary>A node of the tests that does nothing but write, in a process of its own.</summary>
internal static class ChildProgram
{
    /// <summary>A thousand grains of eight simulations.</summary>
    public static CampaignRecord Campaign { get; } = Unit.Store.Campaigns.Of("shared-c0ffee", new GrainLayout(1000, 8, 1, 8));

    public static void Main(string[] args)
    {
        switch (args)
        {
            case ["write", var url, var seed]:
                Write(StoreAddress.Parse(url), int.Parse(seed, CultureInfo.InvariantCulture));
                break;
            default:
                throw new ArgumentException($"What is '{string.Join(' ', args)}'?", nameof(args));
        }
    }

    /// <summary>All grains, in small transactions that overlap with those of every other seed.</summary>
    public static IEnumerable<GrainResult[]> Portions(int seed)
    {
        var random = new Random(seed);
        long[] order = [.. Enumerable.Range(0, (int)Campaign.Layout.Grains).Select(grain => (long)grain)];
        random.Shuffle(order);
        for (int at = 0; at < order.Length;)
        {
            int count = Math.Min(random.Next(1, 40), order.Length - at);
            yield return [.. order.Skip(at).Take(count).Select(grain => Grains.Known(Campaign.Layout, grain))];
            at += count;
        }
    }

    // Says what is acknowledged; goes on through whatever happens to the server.
    private static void Write(StoreAddress address, int seed)
    {
        using var store = PostgresResults.Open(address);
        store.SaveCampaign(Campaign);
        Console.WriteLine("ready");
        Console.ReadLine();
        int added = 0;
        foreach (GrainResult[] portion in Portions(seed))
        {
            added += WriteUntilStored(store, portion);
            Console.WriteLine(string.Join(' ', portion.Select(grain => grain.Grain)));
        }

        Console.WriteLine($"added {added}");
        Console.ReadLine();
    }

    private static int WriteUntilStored(PostgresResults store, GrainResult[] portion)
    {
        while (true)
        {
            try
            {
                return store.WriteGrains(Campaign, portion);
            }
            catch (StoreUnavailableException)
            {
                Thread.Sleep(50);
            }
        }
    }
}
