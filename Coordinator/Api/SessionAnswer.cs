namespace CalciumSweep.Coordinator.Api;

/// <summary>Who asks.</summary>
/// <param name="Name">Name of the token.</param>
/// <param name="Role"><c>viewer</c> or <c>operator</c>.</param>
internal sealed record SessionAnswer(string Name, string Role);
