namespace CalciumSweep.Solver.Engine;

/// <summary>One part of a scenario.</summary>
/// <param name="Role"><c>geometry</c>, <c>pool</c>, <c>buffer</c>, <c>mechanism</c>, <c>sites</c>, <c>stimulus</c> or <c>outcome</c>.</param>
/// <param name="Name">The instance's name: its parameters read <c>name.parameter</c> (empty for parts that stand alone).</param>
/// <param name="Use">Which member, e.g. <c>serca.hill</c>.</param>
/// <param name="Options">Further settings, e.g. which pool a port is bound to.</param>
public sealed record PartDefinition(string Role, string Name, string Use, IReadOnlyDictionary<string, string> Options);
