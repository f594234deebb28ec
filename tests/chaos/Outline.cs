namespace CalciumSweep.Chaos;

/// <summary>How a run ended.</summary>
/// <param name="Seed">Its seed.</param>
/// <param name="Workload">What was computed.</param>
/// <param name="Digest">Over all results.</param>
/// <param name="Repeated">Grains that reached the store more than once.</param>
/// <param name="Recovery">From the end of the last fault to the end of the campaign.</param>
/// <param name="Time">The whole run.</param>
/// <param name="Faults">How many faults there were.</param>
internal sealed record Outline(int Seed, string Workload, string Digest, int Repeated, TimeSpan Recovery, TimeSpan Time, int Faults);
