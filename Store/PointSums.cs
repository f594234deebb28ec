using System.Globalization;
using System.Text;
using CalciumSweep.Shared.Results;
using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Store;

/// <summary>A row of the table <c>point</c>: what the replicates of a point in one grain came to.</summary>
/// <param name="Point">Index of the point.</param>
/// <param name="FirstReplicate">First replicate that is counted here.</param>
/// <param name="Counts">Simulations by <see cref="Outcome"/> number [9].</param>
/// <param name="Sums">JSON: for each observable [n, sum, sum of squares], in replicate order.</param>
internal readonly record struct PointSums(long Point, int FirstReplicate, long[] Counts, string Sums)
{
    /// <summary>Number of outcomes.</summary>
    public const int Classes = (int)Outcome.Failed + 1;

    /// <summary>The rows of a grain that fits its layout.</summary>
    public static PointSums[] Of(GrainLayout layout, GrainResult grain, int observables)
    {
        (long first, int count) = layout.Range(grain.Grain);
        int replicates = Math.Min(layout.ReplicatesPerGrain, count);
        var rows = new PointSums[count / replicates];
        var text = new StringBuilder();
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

            WriteSums(grain, observables, from, replicates, text.Clear());
            (long point, long replicate) = Math.DivRem(first + from, (long)layout.Replicates);
            rows[i] = new(point, (int)replicate, counts, text.ToString());
        }

        return rows;
    }

    private static void WriteSums(GrainResult grain, int observables, int from, int replicates, StringBuilder text)
    {
        text.Append('[');
        for (int k = 0; k < observables; k++)
        {
            int n = 0;
            double sum = 0, squares = 0;
            for (int j = from; j < from + replicates; j++)
            {
                double value = grain.Observables[(j * observables) + k];
                if (grain.Outcomes[j] is not null && !double.IsNaN(value))
                {
                    n++;
                    sum += value;
                    squares += value * value;
                }
            }

            text.Append(k == 0 ? "[" : ",[").Append(n).Append(',');
            WriteNumber(text, sum);
            WriteNumber(text.Append(','), squares);
            text.Append(']');
        }

        text.Append(']');
    }

    // JSON knows neither infinity nor NaN; SQLite reads a number past its range as infinite.
    private static void WriteNumber(StringBuilder text, double value) => _ = value switch
    {
        double.PositiveInfinity => text.Append("9e999"),
        double.NegativeInfinity => text.Append("-9e999"),
        double.NaN => text.Append("null"),
        _ => text.Append(CultureInfo.InvariantCulture, $"{value}"),
    };
}
