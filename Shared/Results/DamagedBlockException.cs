using CalciumSweep.Solver;

namespace CalciumSweep.Shared.Results;

/// <summary>A stored block of results is not what was written; the message says how it differs.</summary>
public sealed class DamagedBlockException(string message, Exception? inner = null)
    : CalciumSweepException(message, inner);
