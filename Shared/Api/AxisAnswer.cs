using CalciumSweep.Shared.Spec;

namespace CalciumSweep.Shared.Api;

/// <summary>An axis of a campaign or of a map.</summary>
/// <param name="Parameter">The parameter.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Scale"><c>linear</c> or <c>log</c>.</param>
/// <param name="Values">Its values.</param>
public sealed record AxisAnswer(string Parameter, string Unit, string Scale, IReadOnlyList<double> Values)
{
    /// <summary>From a spec's axis.</summary>
    public static AxisAnswer Of(Axis axis) => new(axis.Parameter, axis.Unit, axis.IsLogarithmic ? "log" : "linear", axis.Values);
}
