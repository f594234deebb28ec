namespace CalciumSweep.Simulation;

/// <summary>An invariant does not hold.</summary>
public sealed class ViolationException(string what) : Exception(what);
