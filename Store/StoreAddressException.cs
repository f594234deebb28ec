using CalciumSweep.Solver;

namespace CalciumSweep.Store;

/// <summary>The address of a store cannot be used; the message says why and what to write, in one sentence, without secrets.</summary>
public sealed class StoreAddressException(string message, Exception? inner = null)
    : CalciumSweepException(message, inner);
