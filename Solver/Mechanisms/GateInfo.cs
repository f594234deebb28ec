namespace CalciumSweep.Solver.Mechanisms;

/// <summary>A gating variable of a mechanism, 0…1.</summary>
/// <param name="Name">The paper's symbol.</param>
/// <param name="Meaning">What it is the share of.</param>
public sealed record GateInfo(string Name, string Meaning);
