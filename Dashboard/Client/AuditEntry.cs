namespace CalciumSweep.Dashboard.Client;

/// <summary>Something that somebody did.</summary>
/// <param name="Time">When.</param>
/// <param name="Who">Name of the token or person.</param>
/// <param name="Role">Its role.</param>
/// <param name="What">What was done.</param>
/// <param name="Campaign">To which campaign.</param>
/// <param name="Status">How it ended: HTTP status.</param>
/// <param name="From">Address.</param>
public sealed record AuditEntry(
    DateTimeOffset Time, string Who, string Role, string What, string? Campaign, int Status, string From);
