namespace CalciumSweep.Solver.Mechanisms;

/// <summary>A parameter of a mechanism; its full name is <c>instance.name</c>.</summary>
public sealed record RateInfo(string Name, string Unit, double Default, double Min, double Max, string Meaning);
