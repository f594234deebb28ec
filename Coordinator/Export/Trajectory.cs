using CalciumSweep.Solver.Engine;

namespace CalciumSweep.Coordinator.Export;

/// <summary>
/// A recorded trajectory. Of bounded size: when it is full the interval doubles and rows closer than that to the one before go. A row
/// that ends a long step stays: a jump after a rest is a jump, and no ramp.
/// </summary>
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

    /// <summary>The field at the end, where its shape is what the scenario shows.</summary>
    public TracePicture? AtTheEnd { get; private set; }

    /// <inheritdoc/>
    public void Picture(TracePicture picture) => AtTheEnd = picture;

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
        while (_rows.Count >= MostRows)
        {
            Interval *= 2;
            double next = double.NegativeInfinity;
            _rows.RemoveAll(row =>
            {
                bool goes = row.Time < next;
                next = goes ? next : row.Time + (Interval * (1 - 1e-9));
                return goes;
            });
        }
    }
}
