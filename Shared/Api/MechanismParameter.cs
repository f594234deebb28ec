namespace CalciumSweep.Shared.Api;

/// <summary>A parameter of a flux law.</summary>
/// <param name="Name">Its name; in a scenario after the instance's.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Default">Its default.</param>
/// <param name="Min">Lower bound.</param>
/// <param name="Max">Upper bound.</param>
/// <param name="Meaning">What it is.</param>
public sealed record MechanismParameter(string Name, string Unit, double Default, double Min, double Max, string Meaning);
