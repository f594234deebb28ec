namespace CalciumSweep.Solver.Grid;

/// <summary>A buffer whose bound calcium is a state: db/dt = on·c·(total − b) − off·b, and diffusion.</summary>
/// <param name="State">Number of its state.</param>
/// <param name="Pool">Pool it binds calcium of.</param>
/// <param name="On">Binding, 1/(µM s).</param>
/// <param name="Off">Unbinding, 1/s.</param>
/// <param name="Total">Total, µM.</param>
internal readonly record struct KineticBuffer(int State, int Pool, double On, double Off, double Total);
