namespace CalciumSweep.Shared.Api;

/// <summary>A node that simulates.</summary>
/// <param name="Node"><c>host:port</c> of its cluster port.</param>
/// <param name="Roles">What the node does.</param>
/// <param name="Status"><c>joining</c>, <c>up</c>, <c>leaving</c> ….</param>
/// <param name="Reachable">False while it is missed.</param>
/// <param name="Self">True for the node that answers.</param>
/// <param name="Worker">Name of the worker; this and what follows is null of a node that does not answer.</param>
/// <param name="Threads">Solver threads.</param>
/// <param name="Lanes">Lanes of each.</param>
/// <param name="SolverSeconds">Core time inside the solver, s.</param>
/// <param name="Campaigns">What it works on.</param>
/// <param name="Busy">Threads at work now.</param>
/// <param name="Simulations">Simulations computed and stored since it started.</param>
/// <param name="Drained">True once it was told to take nothing more.</param>
/// <param name="Leased">Grains that are leased to it: queued or begun.</param>
/// <param name="Version">Version of its program; null if it does not say.</param>
public sealed record WorkerAnswer(
    string Node, IReadOnlyList<string> Roles, string Status, bool Reachable, bool Self, string? Worker, int? Threads, int? Lanes,
    double? SolverSeconds, IReadOnlyList<string>? Campaigns, int? Busy, long? Simulations, bool? Drained, long? Leased, string? Version);
