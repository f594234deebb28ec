namespace CalciumSweep.Shared.Api;

/// <summary>One point of a campaign.</summary>
/// <param name="Index">Its index.</param>
/// <param name="Parameters">Its value on every axis.</param>
/// <param name="Set">The parameters that do not vary.</param>
/// <param name="N">Finished replicates.</param>
/// <param name="Outcomes">Counts by outcome name.</param>
/// <param name="PWave">Share of waves; null before the first replicate, or without waves.</param>
/// <param name="PWaveLow">Lower end of its 95 % interval.</param>
/// <param name="PWaveHigh">Upper end of its 95 % interval.</param>
/// <param name="Observables">Means and spreads by name.</param>
/// <param name="Replicates">One by one.</param>
/// <param name="Command">What recomputes it on the command line.</param>
public sealed record PointAnswer(
    long Index, IReadOnlyDictionary<string, double> Parameters, IReadOnlyDictionary<string, double> Set, long N,
    IReadOnlyDictionary<string, long> Outcomes, double? PWave, double? PWaveLow, double? PWaveHigh,
    IReadOnlyDictionary<string, ObservableAnswer> Observables, IReadOnlyList<ReplicateAnswer> Replicates, string Command);
