namespace CalciumSweep.Solver.Engine;

/// <summary>One column of a trajectory.</summary>
/// <param name="Name">What is recorded, e.g. <c>cytosol</c>; several columns of one name form a kymograph.</param>
/// <param name="Unit">Unit of the values.</param>
/// <param name="Position">Place along the cable, µm; null for a quantity without a place.</param>
public sealed record TraceColumn(string Name, string Unit, double? Position = null);
