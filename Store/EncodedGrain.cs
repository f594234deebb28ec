using CalciumSweep.Shared.Results;
using CalciumSweep.Shared.Spec;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Store;

/// <summary>A grain ready to be written: all that costs time and needs no database.</summary>
/// <param name="Grain">Index.</param>
/// <param name="Observables">Observables of each simulation.</param>
/// <param name="Counts">Simulations by <see cref="Outcome"/> number [9].</param>
/// <param name="Digest">Digest of its simulations.</param>
/// <param name="CoreSeconds">Core time spent on it.</param>
/// <param name="Block">The simulations.</param>
/// <param name="Points">What its points came to.</param>
internal sealed record EncodedGrain(
    long Grain, int Observables, long[] Counts, ResultDigest Digest, double CoreSeconds, byte[] Block, PointSums[] Points)
{
    /// <summary>Checks and encodes a grain.</summary>
    /// <exception cref="ArgumentException">It does not fit the layout.</exception>
    public static EncodedGrain Of(GrainLayout layout, Keep keep, GrainResult grain)
    {
        int observables = Check(layout, grain);
        PointSums[] points = PointSums.Of(layout, grain, observables);
        var counts = new long[PointSums.Classes];
        foreach (PointSums point in points)
        {
            for (int i = 0; i < counts.Length; i++)
            {
                counts[i] += point.Counts[i];
            }
        }

        return new(
            grain.Grain, observables, counts, ResultDigest.OfGrain(layout, grain), grain.CoreSeconds,
            BlockCodec.Encode(grain, keep == Keep.Simulations), points);
    }

    private static int Check(GrainLayout layout, GrainResult grain)
    {
        if (grain.Grain < 0 || grain.Grain >= layout.Grains)
        {
            throw new ArgumentException($"There is no grain {grain.Grain} among {layout.Grains}.", nameof(grain));
        }

        int count = layout.Range(grain.Grain).Count;
        if (grain.Outcomes.Count != count || grain.Steps.Length != count || grain.Observables.Length % count != 0)
        {
            throw new ArgumentException(
                $"Grain {grain.Grain} has {count} simulations, but {grain.Outcomes.Count} outcomes, {grain.Steps.Length} steps, {grain.Observables.Length} observables.", nameof(grain));
        }

        foreach (int at in grain.Reasons.Keys)
        {
            if (at < 0 || at >= count)
            {
                throw new ArgumentException($"Grain {grain.Grain} has a reason for simulation {at} of {count}.", nameof(grain));
            }
        }

        foreach (Outcome? outcome in grain.Outcomes)
        {
            if (outcome is < Outcome.None or > Outcome.Failed)
            {
                throw new ArgumentException($"Grain {grain.Grain} has an outcome {outcome}.", nameof(grain));
            }
        }

        return grain.Observables.Length / count;
    }
}
