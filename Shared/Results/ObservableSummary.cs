namespace CalciumSweep.Shared.Results;

/// <summary>Mean and spread of one observable over the replicates of a point to which it applies.</summary>
/// <param name="N">Replicates with a value.</param>
/// <param name="Mean">Mean in the observable's unit; null if no replicate has a value.</param>
/// <param name="Sd">Sample standard deviation in the observable's unit; null below two values.</param>
public sealed record ObservableSummary(int N, double? Mean, double? Sd)
{
    /// <summary>Two passes in the order given, so that the same replicates give the same bits.</summary>
    /// <param name="values">Values in replicate order; NaN = not applicable.</param>
    public static ObservableSummary Of(IEnumerable<double> values)
    {
        double[] known = [.. values.Where(v => !double.IsNaN(v))];
        if (known.Length == 0)
        {
            return new(0, null, null);
        }

        double sum = 0;
        foreach (double value in known)
        {
            sum += value;
        }

        double mean = sum / known.Length, squares = 0;
        foreach (double value in known)
        {
            squares += (value - mean) * (value - mean);
        }

        return new(known.Length, mean, known.Length < 2 ? null : Math.Sqrt(squares / (known.Length - 1)));
    }
}
