namespace CalciumSweep.Shared.Results;

/// <summary>Sums over the stored grains of a campaign.</summary>
/// <param name="Grains">Grains stored.</param>
/// <param name="Simulations">Simulations stored (quarantined ones not counted).</param>
/// <param name="Tally">Outcomes.</param>
/// <param name="Digest">Order-free digest, <c>sha256:</c> and 64 hex digits.</param>
/// <param name="CoreSeconds">Core time spent.</param>
public sealed record CampaignTotals(long Grains, long Simulations, Tally Tally, string Digest, double CoreSeconds);
