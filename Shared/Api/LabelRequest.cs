namespace CalciumSweep.Shared.Api;

/// <summary>What people say of a campaign from now on.</summary>
/// <param name="Tags">Words to find it by; null leaves them.</param>
/// <param name="Note">Free text; null leaves it, an empty one removes it.</param>
public sealed record LabelRequest(IReadOnlyList<string>? Tags, string? Note);
