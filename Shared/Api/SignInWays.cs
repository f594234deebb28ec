namespace CalciumSweep.Shared.Api;

/// <summary>How one may sign in beside with a token.</summary>
/// <param name="Provider">Name of the OpenID Connect provider, <c>host</c> or <c>host:port</c>; null if there is none.</param>
public sealed record SignInWays(string? Provider);
