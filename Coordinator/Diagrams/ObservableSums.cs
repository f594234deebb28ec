namespace CalciumSweep.Coordinator.Diagrams;

/// <summary>Sum and number of an observable's values at every point.</summary>
/// <param name="points">Points of the campaign.</param>
internal sealed class ObservableSums(long points)
{
    private readonly double[] _sum = new double[points];
    private readonly int[] _n = new int[points];

    /// <summary>Adds a value; NaN is not applicable and does not count.</summary>
    public void Add(long point, double value)
    {
        if (!double.IsNaN(value))
        {
            _sum[point] += value;
            _n[point]++;
        }
    }

    /// <summary>Mean; NaN before the first value.</summary>
    public double Mean(long point) => _n[point] == 0 ? double.NaN : _sum[point] / _n[point];
}
