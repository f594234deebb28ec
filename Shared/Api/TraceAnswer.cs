namespace CalciumSweep.Shared.Api;

/// <summary>One simulation of a campaign, computed anew with its trajectory.</summary>
/// <param name="Campaign">Its campaign.</param>
/// <param name="Point">Its point.</param>
/// <param name="Replicate">Which repeat.</param>
/// <param name="Outcome">Its verdict; null if the scenario has no classes.</param>
/// <param name="Reason">Why it failed.</param>
/// <param name="Observables">Every observable; null = not applicable.</param>
/// <param name="Steps">Accepted time steps.</param>
/// <param name="Seconds">What it took, s.</param>
/// <param name="Same">True if outcome and observables are those stored, bit for bit; null if none are stored.</param>
/// <param name="Columns">What was recorded.</param>
/// <param name="Times">When, s [rows].</param>
/// <param name="Values">Values [rows][columns].</param>
public sealed record TraceAnswer(
    string Campaign, long Point, int Replicate, string? Outcome, string? Reason, IReadOnlyDictionary<string, double?> Observables,
    long Steps, double Seconds, bool? Same, IReadOnlyList<TraceColumnAnswer> Columns, IReadOnlyList<double> Times,
    IReadOnlyList<double?[]> Values);
