using CalciumSweep.Shared;
using CalciumSweep.Shared.Results;

namespace CalciumSweep.Store;

/// <summary>A row of the table <c>block</c>, the same in every database.</summary>
internal static class StoredBlock
{
    /// <summary>The grain of a row.</summary>
    /// <exception cref="DamagedBlockException">The bytes changed since they were written.</exception>
    /// <exception cref="ArgumentException">The stored simulations have another number of observables.</exception>
    public static GrainResult Decode(CampaignId campaign, long index, byte[] bytes, int observables)
    {
        GrainResult grain = BlockCodec.Decode(bytes);
        if (grain.Grain != index)
        {
            throw new DamagedBlockException($"The block of grain {index} of {campaign} is that of grain {grain.Grain}.");
        }

        if (grain.Observables.Length != 0 && grain.Observables.Length != (long)grain.Outcomes.Count * observables)
        {
            throw new ArgumentException(
                $"Grain {grain.Grain} of {campaign} has {grain.Observables.Length / grain.Outcomes.Count} observables a simulation, not {observables}.",
                nameof(observables));
        }

        return grain;
    }
}
