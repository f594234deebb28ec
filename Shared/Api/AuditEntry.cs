namespace CalciumSweep.Shared.Api;

/// <summary>Something that somebody did.</summary>
/// <param name="Time">When, UTC.</param>
/// <param name="Who">Name of the token.</param>
/// <param name="Role">Its role; empty for the server itself.</param>
/// <param name="What">What was done.</param>
/// <param name="Campaign">To which campaign; null: none.</param>
/// <param name="Status">How it ended: HTTP status; 0 for the server itself.</param>
/// <param name="From">Address that it came from.</param>
public sealed record AuditEntry(DateTimeOffset Time, string Who, string Role, string What, string? Campaign, int Status, string From);
