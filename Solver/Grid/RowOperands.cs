namespace CalciumSweep.Solver.Grid;

/// <summary>Which sets of planes a pass combines; what it does not use is null.</summary>
internal readonly record struct RowOperands(PlaneSet Out, PlaneSet? Start = null, PlaneSet? Before = null, PlaneSet? Rate = null)
{
    /// <summary>True if the result is large and not read again soon.</summary>
    public bool IsStreamed => Out.IsLarge && !IsReadSoon;

    /// <summary>True if the result is read again soon.</summary>
    public bool IsReadSoon { get; init; }
}
