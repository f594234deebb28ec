namespace CalciumSweep.Shared.Api;

/// <summary>A length of time as a range.</summary>
/// <param name="Low">Lower end, s.</param>
/// <param name="High">Upper end, s.</param>
public sealed record SecondsRange(double Low, double High);
