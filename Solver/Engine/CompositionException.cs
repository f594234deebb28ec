namespace CalciumSweep.Solver.Engine;

/// <summary>A scenario that cannot be composed.</summary>
public sealed class CompositionException(string message) : CalciumSweepException(message);
