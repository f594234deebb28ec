namespace CalciumSweep.Shared.Api;

/// <summary>A map of a campaign as numbers.</summary>
/// <param name="Campaign">Its id.</param>
/// <param name="Show">What is shown.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="X">Horizontal axis.</param>
/// <param name="Y">Vertical axis.</param>
/// <param name="At">Where the other axes are held.</param>
/// <param name="Min">Smallest known value; null if none is known.</param>
/// <param name="Max">Largest known value.</param>
/// <param name="Values">Values [y][x]; null where nothing is known yet.</param>
public sealed record DiagramAnswer(
    string Campaign, string Show, string Unit, AxisAnswer X, AxisAnswer Y, IReadOnlyDictionary<string, double> At,
    double? Min, double? Max, double?[][] Values);
