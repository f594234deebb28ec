using CalciumSweep.Solver;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>A campaign's entity did not answer: its journal cannot be used, or the machine is hopelessly overloaded.</summary>
public sealed class NodeSilentException(string dataFolder, Exception inner)
    : CalciumSweepException($"The campaign's journal does not answer: the log in '{Path.Combine(dataFolder, "log")}' says why", inner);
