using CalciumSweep.Solver;

namespace CalciumSweep.Store;

/// <summary>
/// The result store cannot be read or written now: full, read-only, locked, damaged, or of a newer version. Nothing of
/// the failed call was stored; the call can be repeated.
/// </summary>
public class StoreUnavailableException(string message, Exception? inner = null)
    : CalciumSweepException(message, inner);
