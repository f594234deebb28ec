using CalciumSweep.Solver;

namespace CalciumSweep.Store;

/// <summary>A data folder cannot be used; the message says why and what to do, in one sentence.</summary>
public sealed class DataFolderException(string message, Exception? inner = null)
    : CalciumSweepException(message, inner);
