namespace CalciumSweep.Coordinator.Membership;

/// <summary>Where coordinators say that they take part, for a first seed that does not know whether there is a cluster.</summary>
/// <param name="Enter">Says that a coordinator, <c>host:port</c>, takes part; to be said again before a time is up.</param>
/// <param name="HasOthers">True if another coordinator than this one said so not long ago.</param>
public sealed record CoordinatorRegister(Action<string> Enter, Func<string, bool> HasOthers);
