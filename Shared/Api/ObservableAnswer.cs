namespace CalciumSweep.Shared.Api;

/// <summary>An observable over the replicates of a point.</summary>
/// <param name="Mean">Mean; null if no replicate has a value.</param>
/// <param name="Sd">Sample standard deviation; null below two values.</param>
/// <param name="N">Replicates with a value.</param>
/// <param name="Unit">Unit.</param>
public sealed record ObservableAnswer(double? Mean, double? Sd, int N, string Unit);
