using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Coordinator.Export;

/// <summary>A recorded trajectory. Of bounded size: when it is full every second row goes and the interval doubles.</summary>
public sealed class Trajectory : ITrace
{
    private const int MostRows = 4096;
    private const double FirstInterval = 1e-6;
    private readonly List<(double Time, double[] Values)> _rows = [];

    /// <inheritdoc/>
    public double Interval { get; private set; } = FirstInterval;

    /// <summary>What is recorded [columns].</summary>
    public IReadOnlyList<TraceColumn> Columns { get; private set; } = [];

    /// <summary>Time in s and a value per column, by ascending time.</summary>
    public IReadOnlyList<(double Time, double[] Values)> Rows => _rows;

    /// <inheritdoc/>
    public void Begin(IReadOnlyList<TraceColumn> columns) => Columns = columns;

    /// <inheritdoc/>
    public void Record(double time, ReadOnlySpan<double> values)
    {
        // A solver may have read the interval before it doubled.
        if (_rows.Count > 0 && time < _rows[^1].Time + (Interval * (1 - 1e-9)))
        {
            return;
        }

        _rows.Add((time, values.ToArray()));
        if (_rows.Count >= MostRows)
        {
            int kept = 0;
            _rows.RemoveAll(_ => kept++ % 2 == 1);
            Interval *= 2;
        }
    }
}
