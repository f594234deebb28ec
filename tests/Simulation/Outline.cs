namespace CalciumSweep.Simulation;

/// <summary>What a run came to.</summary>
/// <param name="Seed">Its seed.</param>
/// <param name="Events">Events that happened.</param>
/// <param name="Seconds">Virtual time until everything was done.</param>
/// <param name="Repeated">Grains computed again.</param>
/// <param name="Fenced">Writes of an older incarnation that the journal refused.</param>
public sealed record Outline(int Seed, long Events, double Seconds, long Repeated, int Fenced);
