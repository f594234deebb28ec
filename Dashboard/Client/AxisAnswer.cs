namespace CalciumSweep.Dashboard.Client;

/// <summary>A swept parameter.</summary>
/// <param name="Parameter">Its name.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Scale"><c>linear</c> or <c>log</c>.</param>
/// <param name="Values">Its values.</param>
public sealed record AxisAnswer(
    string Parameter, string Unit, string Scale, IReadOnlyList<double> Values);
