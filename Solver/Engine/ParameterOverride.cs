namespace CalciumSweep.Solver.Engine;

/// <summary>What a scenario changes of a part's parameter; null leaves the part's own.</summary>
public sealed record ParameterOverride(
    double? Default = null, double? Min = null, double? Max = null, string? Meaning = null, string? Source = null);
