namespace CalciumSweep.Solver.Grid;

/// <summary>Which sets of planes a pass combines; what it does not use is null.</summary>
internal readonly record struct RowOperands(PlaneSet Out, PlaneSet? Start = null, PlaneSet? Before = null, PlaneSet? Rate = null);
