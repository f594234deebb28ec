namespace CalciumSweep.Shared.Api;

/// <summary>The share of the workers that a campaign has from now on.</summary>
/// <param name="Priority">−10 … 10: in proportion to 2^priority.</param>
public sealed record PriorityRequest(int Priority);
