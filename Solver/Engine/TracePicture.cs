namespace CalciumSweep.Solver.Engine;

/// <summary>A field at the end of a run.</summary>
/// <param name="Name">What is shown, e.g. <c>cytosol</c>.</param>
/// <param name="Unit">Unit of the values.</param>
/// <param name="Values">Value of every cell [y, x].</param>
/// <param name="Length">Length along x, µm.</param>
/// <param name="Width">Length along y, µm.</param>
public sealed record TracePicture(string Name, string Unit, double[,] Values, double Length, double Width);
