using System.Security.Claims;

namespace CalciumSweep.Coordinator.Api;

/// <summary>Who asks, or why they may not.</summary>
/// <param name="Who">Somebody who is known; null if nobody is.</param>
/// <param name="Status">Status of the refusal; 0 if they are let in.</param>
/// <param name="Problem">Why they are refused: one sentence.</param>
/// <param name="Hint">What would help.</param>
internal sealed record Asker(ClaimsPrincipal? Who, int Status = 0, string? Problem = null, string? Hint = null);
