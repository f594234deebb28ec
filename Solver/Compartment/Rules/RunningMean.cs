namespace CalciumSweep.Solver.Compartment.Rules;

/// <summary>Mean of a rate over the last moments, from its integral at the ends of steps: what a filtered recording shows. Allocates once.</summary>
internal sealed class RunningMean
{
    // A window holds at most this many steps; of shorter ones only the last are seen.
    private const int Most = 1024;
    private readonly (double Time, double Integral)[] _points = new (double, double)[Most];
    private int _first, _count;

    /// <summary>Mean over the window that ends here; NaN before there is one.</summary>
    /// <param name="width">Width of the window, s.</param>
    /// <param name="time">End of a step, s.</param>
    /// <param name="integral">Integral of the rate up to there.</param>
    public double Add(double width, double time, double integral)
    {
        if (_count == Most)
        {
            (_first, _count) = ((_first + 1) % Most, _count - 1);
        }

        _points[(_first + _count++) % Most] = (time, integral);
        double from = time - width;
        while (_count > 2 && _points[(_first + 1) % Most].Time <= from)
        {
            (_first, _count) = ((_first + 1) % Most, _count - 1);
        }

        var (t0, i0) = _points[_first];
        if (_count < 2 || t0 > from)
        {
            return double.NaN;
        }

        var (t1, i1) = _points[(_first + 1) % Most];
        return (integral - (i0 + ((i1 - i0) * (from - t0) / (t1 - t0)))) / width;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => (_first, _count) = (0, 0);
}
