namespace CalciumSweep.Solver.Grid;

/// <summary>A buffer in equilibrium at every moment: b = total·c/(K + c).</summary>
/// <param name="Total">Total, µM.</param>
/// <param name="K">[Ca²⁺] of half-saturation, µM.</param>
/// <param name="Diffusion">Diffusion coefficient, µm²/s; 0 if stationary.</param>
internal readonly record struct RapidBuffer(double Total, double K, double Diffusion);
