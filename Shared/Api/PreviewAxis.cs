namespace CalciumSweep.Shared.Api;

/// <summary>An axis of a spec that is checked.</summary>
/// <param name="Parameter">Its parameter.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Points">Number of values.</param>
public sealed record PreviewAxis(string Parameter, string Unit, int Points);
