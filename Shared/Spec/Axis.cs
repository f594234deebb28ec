namespace CalciumSweep.Shared.Spec;

/// <summary>One swept parameter.</summary>
/// <param name="Parameter">Full parameter name.</param>
/// <param name="Unit">The parameter's own unit.</param>
/// <param name="Values">Values in that unit, in the order given [points].</param>
/// <param name="IsLogarithmic">True if the values were spaced by <c>scale: log</c> (figures then use a log axis).</param>
public sealed record Axis(string Parameter, string Unit, IReadOnlyList<double> Values, bool IsLogarithmic);
