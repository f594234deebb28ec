namespace CalciumSweep.Solver.Engine;

/// <summary>Receives a trajectory while it is computed.</summary>
public interface ITrace
{
    /// <summary>Smallest time between two recorded rows, s; the solver records at the first step end past each.</summary>
    double Interval { get; }

    /// <summary>Called once, before the first row.</summary>
    void Begin(IReadOnlyList<TraceColumn> columns);

    /// <summary>One row: time in s and a value per column.</summary>
    void Record(double time, ReadOnlySpan<double> values);

    /// <summary>A field at the end of the run, from scenarios whose shape in the plane is what they show.</summary>
    void Picture(TracePicture picture)
    {
    }
}
