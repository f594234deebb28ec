namespace CalciumSweep.Solver.Cable;

/// <summary>Counts the events of one site.</summary>
internal sealed class EventTrain
{
    private const double Quiet = SparkRule.QuietOfPuffs * 1e-3;
    private double _threshold, _lastOpen, _before, _released;
    private bool _isUnderWay;

    /// <summary>Events that released the threshold, and those that did not.</summary>
    public int Puffs { get; private set; }

    public int Blips { get; private set; }

    /// <summary>Calcium released in all puffs, µM µm³.</summary>
    public double Release { get; private set; }

    /// <summary>∫ open channels dt, s.</summary>
    public double OpenTime { get; private set; }

    /// <summary>A simulation begins.</summary>
    /// <param name="threshold">Release that makes a puff, µM µm³.</param>
    public void Begin(double threshold)
    {
        (_threshold, _lastOpen, _before, _released, _isUnderWay) = (threshold, 0, 0, 0, false);
        (Puffs, Blips, Release, OpenTime) = (0, 0, 0, 0);
    }

    /// <summary>After an accepted step. A blip may open and close within the step: release tells.</summary>
    /// <param name="time">Cell time, s.</param>
    /// <param name="dt">Step, s.</param>
    /// <param name="open">Channels open at its end.</param>
    /// <param name="released">Released so far, µM µm³.</param>
    public void Observe(double time, double dt, double open, double released)
    {
        OpenTime += open * dt;
        if (open > 0 || released > _released)
        {
            _before = _isUnderWay ? _before : _released;
            (_isUnderWay, _lastOpen) = (true, time);
        }

        _released = released;
        if (_isUnderWay && time - _lastOpen >= Quiet)
        {
            _isUnderWay = false;
            double amount = released - _before;
            bool isPuff = amount >= _threshold;
            Puffs += isPuff ? 1 : 0;
            Blips += isPuff ? 0 : 1;
            Release += isPuff ? amount : 0;
        }
    }
}
