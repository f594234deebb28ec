namespace CalciumSweep.Shared.Api;

/// <summary>A scenario in a list.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Summary">What it is.</param>
/// <param name="Stochastic">True if repeats differ.</param>
public sealed record ScenarioShort(string Name, string Summary, bool Stochastic);
