namespace CalciumSweep.Solver.Mechanisms;

/// <summary>A flow between two of a mechanism's pools, positive into <paramref name="Into"/>.</summary>
/// <param name="Into">Name of the pool whose volume the flow is counted in.</param>
/// <param name="From">Name of the pool it comes out of; null for production.</param>
public sealed record FlowInfo(string Into, string? From);
