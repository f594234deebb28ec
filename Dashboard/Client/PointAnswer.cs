namespace CalciumSweep.Dashboard.Client;

/// <summary>One point of a campaign.</summary>
/// <param name="Index">Its index.</param>
/// <param name="Parameters">Its value on every axis.</param>
/// <param name="Set">Parameters that do not vary.</param>
/// <param name="N">Finished replicates.</param>
/// <param name="Outcomes">Counts by outcome.</param>
/// <param name="PWave">Share of waves.</param>
/// <param name="PWaveLow">Lower end of its interval.</param>
/// <param name="PWaveHigh">Upper end.</param>
/// <param name="Observables">Means and spreads.</param>
/// <param name="Replicates">One by one.</param>
/// <param name="Command">What recomputes it.</param>
public sealed record PointAnswer(
    long Index, IReadOnlyDictionary<string, double> Parameters, IReadOnlyDictionary<string, double> Set,
    long N, IReadOnlyDictionary<string, long> Outcomes, double? PWave, double? PWaveLow, double? PWaveHigh,
    IReadOnlyDictionary<string, ObservableAnswer> Observables, IReadOnlyList<ReplicateAnswer> Replicates,
    string Command);
