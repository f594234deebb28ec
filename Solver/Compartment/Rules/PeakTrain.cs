namespace CalciumSweep.Solver.Compartment.Rules;

/// <summary>Peaks and troughs of one variable, followed step by step.</summary>
/// <param name="noise">Rises from trough to peak below this do not count.</param>
internal struct PeakTrain(double noise)
{
    private double _trough = double.NaN, _firstTime = double.NaN, _lastTime = double.NaN, _firstRise = double.NaN, _lastRise = double.NaN, _squares = 0;

    /// <summary>Lowest value met.</summary>
    public double Lowest { get; private set; } = double.PositiveInfinity;

    /// <summary>Highest value met.</summary>
    public double Highest { get; private set; } = double.NegativeInfinity;

    /// <summary>Peaks counted.</summary>
    public int Count { get; private set; } = 0;

    /// <summary>Mean interval, s.</summary>
    public readonly double Period => (_lastTime - _firstTime) / (Count - 1);

    /// <summary>At least three peaks, intervals with a coefficient of variation below 0.3, the last above a fifth of the first.</summary>
    public readonly bool IsRepetitive
    {
        get
        {
            double mean = Period, variance = (_squares / (Count - 1)) - (mean * mean);
            return Count >= 3 && variance < 0.09 * mean * mean && _lastRise > 0.2 * _firstRise;
        }
    }

    /// <summary>Adds a step.</summary>
    public void Add(in CellStep step, int variable)
    {
        Piece y = step.Piece(variable);
        (double high, double highest) = y.Highest();
        (_, double lowest) = y.Lowest();
        (Lowest, Highest) = (Math.Min(Lowest, lowest), Math.Max(Highest, highest));
        if (y.D0 < 0 && y.D1 >= 0)
        {
            _trough = lowest;
        }
        else if (y.D0 > 0 && y.D1 <= 0 && highest - _trough >= noise)
        {
            double time = step.Start + (step.Length * high), interval = time - _lastTime;
            _squares += Count > 0 ? interval * interval : 0;
            _firstTime = Count == 0 ? time : _firstTime;
            _firstRise = Count == 0 ? highest - _trough : _firstRise;
            (_lastTime, _lastRise) = (time, highest - _trough);
            Count++;
        }
    }
}
