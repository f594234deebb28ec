namespace CalciumSweep.Coordinator.Cli;

/// <summary>One node of the cluster, as this node sees it.</summary>
/// <param name="Address"><c>host:port</c> of its cluster port.</param>
/// <param name="Roles">What it does.</param>
/// <param name="Status"><c>joining</c>, <c>up</c>, <c>leaving</c> ….</param>
/// <param name="IsReachable">False while the failure detector misses it.</param>
/// <param name="IsSelf">True for this node.</param>
public sealed record NodeMember(string Address, IReadOnlyList<string> Roles, string Status, bool IsReachable, bool IsSelf);
