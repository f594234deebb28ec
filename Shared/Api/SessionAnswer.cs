namespace CalciumSweep.Shared.Api;

/// <summary>Who asks.</summary>
/// <param name="Name">Name of the token.</param>
/// <param name="Role"><c>viewer</c> or <c>operator</c>.</param>
public sealed record SessionAnswer(string Name, string Role);
