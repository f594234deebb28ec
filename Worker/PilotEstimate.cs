namespace CalciumSweep.Worker;

/// <summary>Core seconds per simulation, from pilot points.</summary>
/// <param name="Points">Points tried.</param>
/// <param name="MeanSeconds">Mean.</param>
/// <param name="LowSeconds">Lower end of a rough 80 % range of the mean.</param>
/// <param name="HighSeconds">Upper end.</param>
public sealed record PilotEstimate(int Points, double MeanSeconds, double LowSeconds, double HighSeconds);
