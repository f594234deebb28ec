namespace CalciumSweep.Shared.Api;

/// <summary>One change of many campaigns.</summary>
/// <param name="Change"><c>pause</c>, <c>resume</c>, <c>cancel</c>, <c>retry</c> or <c>delete</c>.</param>
/// <param name="Campaigns">Ids, or beginnings of them.</param>
public sealed record BulkRequest(string Change, IReadOnlyList<string> Campaigns);
