using CalciumSweep.Actors;
using CalciumSweep.Worker;

namespace CalciumSweep.StoreTests.Spill;

/// <summary>Looks into a store that is away for everybody else.</summary>
internal static class MemoryResultsReading
{
    public static long[] StoredGrainsNow(this MemoryResults store, CampaignWork work)
    {
        bool wasDown = store.IsDown;
        store.IsDown = false;
        long[] grains = [.. store.StoredGrains(work.Id)];
        store.IsDown = wasDown;
        return grains;
    }
}
