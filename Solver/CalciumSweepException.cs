namespace CalciumSweep.Solver;

/// <summary>The root of all exceptions of our own; its message is a sentence a user can act on.</summary>
public abstract class CalciumSweepException(string message, Exception? inner = null) : Exception(message, inner);
