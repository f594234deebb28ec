using CalciumSweep.Shared.Results;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Store;

/// <summary>A row of the table <c>point</c>: what the replicates of a point in one grain came to.</summary>
/// <param name="Point">Index of the point.</param>
/// <param name="FirstReplicate">First replicate that is counted here.</param>
/// <param name="Counts">Simulations by <see cref="Outcome"/> number [9].</param>
/// <param name="Sums">For each observable n, sum, sum of squares, added in replicate order [3 × observables].</param>
internal readonly record struct PointSums(long Point, int FirstReplicate, long[] Counts, double[] Sums)
{
    /// <summary>Number of outcomes.</summary>
    public const int Classes = (int)Outcome.Failed + 1;

    /// <summary>The rows of a grain that fits its layout.</summary>
    public static PointSums[] Of(GrainLayout layout, GrainResult grain, int observables)
    {
        (long first, int count) = layout.Range(grain.Grain);
        int replicates = Math.Min(layout.ReplicatesPerGrain, count);
        var rows = new PointSums[count / replicates];
        for (int i = 0; i < rows.Length; i++)
        {
            int from = i * replicates;
            var counts = new long[Classes];
            for (int j = from; j < from + replicates; j++)
            {
                if (grain.Outcomes[j] is { } outcome)
                {
                    counts[(int)outcome]++;
                }
            }

            (long point, long replicate) = Math.DivRem(first + from, (long)layout.Replicates);
            rows[i] = new(point, (int)replicate, counts, SumsOf(grain, observables, from, replicates));
        }

        return rows;
    }

    private static double[] SumsOf(GrainResult grain, int observables, int from, int replicates)
    {
        var sums = new double[3 * observables];
        for (int k = 0; k < observables; k++)
        {
            for (int j = from; j < from + replicates; j++)
            {
                double value = grain.Observables[(j * observables) + k];
                if (grain.Outcomes[j] is not null && !double.IsNaN(value))
                {
                    sums[3 * k]++;
                    sums[(3 * k) + 1] += value;
                    sums[(3 * k) + 2] += value * value;
                }
            }
        }

        return sums;
    }
}
