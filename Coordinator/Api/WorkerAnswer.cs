namespace CalciumSweep.Coordinator.Api;

/// <summary>A node that simulates.</summary>
/// <param name="Node"><c>host:port</c> of its cluster port.</param>
/// <param name="Roles">What the node does.</param>
/// <param name="Status"><c>joining</c>, <c>up</c>, <c>leaving</c> ….</param>
/// <param name="Reachable">False while it is missed.</param>
/// <param name="Self">True for the node that answers; the fields below are known of that one alone.</param>
/// <param name="Worker">Name of the worker.</param>
/// <param name="Threads">Solver threads.</param>
/// <param name="Lanes">Lanes of each.</param>
/// <param name="SolverSeconds">Core time inside the solver, s.</param>
/// <param name="Campaigns">What it works on.</param>
internal sealed record WorkerAnswer(
    string Node, IReadOnlyList<string> Roles, string Status, bool Reachable, bool Self, string? Worker, int? Threads, int? Lanes,
    double? SolverSeconds, IReadOnlyList<string>? Campaigns);
