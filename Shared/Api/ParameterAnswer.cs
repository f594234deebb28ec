namespace CalciumSweep.Shared.Api;

/// <summary>A parameter of a scenario.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Default">Its default.</param>
/// <param name="Min">Lower bound.</param>
/// <param name="Max">Upper bound.</param>
/// <param name="Meaning">What it is.</param>
/// <param name="Source">Where the value is from.</param>
/// <param name="Words">Values that have a name, e.g. <c>unset</c>; null if none has.</param>
public sealed record ParameterAnswer(
    string Name, string Unit, double Default, double Min, double Max, string Meaning, string Source, IReadOnlyDictionary<string, double>? Words);
