namespace CalciumSweep.Solver.Engine;

/// <summary>One number measured from a trajectory; NaN in a result means "not applicable".</summary>
/// <param name="Name">camelCase name as in results, e.g. <c>waveSpeed</c>.</param>
/// <param name="Unit">Unit as shown; <c>1</c> if it has none.</param>
/// <param name="Meaning">How it is measured.</param>
public sealed record ObservableInfo(string Name, string Unit, string Meaning);
