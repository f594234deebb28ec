namespace CalciumSweep.Dashboard.Client;

/// <summary>An observable over the replicates of a point.</summary>
/// <param name="Mean">Mean.</param>
/// <param name="Sd">Standard deviation.</param>
/// <param name="N">Replicates with a value.</param>
/// <param name="Unit">Its unit.</param>
public sealed record ObservableAnswer(double? Mean, double? Sd, int N, string Unit);
