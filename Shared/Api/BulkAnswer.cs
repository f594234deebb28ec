namespace CalciumSweep.Shared.Api;

/// <summary>What became of one of many campaigns.</summary>
/// <param name="Campaign">Its id.</param>
/// <param name="State">Where it stands now, <c>deleted</c> if it is gone; null if nothing was done.</param>
/// <param name="Problem">Why not, in one sentence; null if it was done.</param>
public sealed record BulkAnswer(string Campaign, string? State, string? Problem);
