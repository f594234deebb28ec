namespace CalciumSweep.Dashboard.Client;

/// <summary>A node that simulates.</summary>
/// <param name="Node">Its cluster address.</param>
/// <param name="Roles">What it does.</param>
/// <param name="Status">Its state in the cluster.</param>
/// <param name="Reachable">False while it is missed.</param>
/// <param name="Self">The node that answers.</param>
/// <param name="Worker">Its name.</param>
/// <param name="Threads">Solver threads.</param>
/// <param name="Lanes">Lanes of each.</param>
/// <param name="SolverSeconds">Core time in the solver, s.</param>
/// <param name="Campaigns">What it works on.</param>
/// <param name="Busy">Threads at work now.</param>
/// <param name="Simulations">Simulations since it started.</param>
public sealed record WorkerAnswer(
    string Node, IReadOnlyList<string> Roles, string Status, bool Reachable, bool Self, string? Worker,
    int? Threads, int? Lanes, double? SolverSeconds, IReadOnlyList<string>? Campaigns,
    int? Busy, long? Simulations);
