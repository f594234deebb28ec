namespace CalciumSweep.Coordinator.Campaigns;

/// <summary>Settings of a coordinator that a campaign decides by.</summary>
/// <param name="LeaseTime">A worker that was silent for so long is given up.</param>
/// <param name="ShuffleSeed">Tests: shuffles the order of leases.</param>
public sealed record CampaignRules(TimeSpan LeaseTime, int? ShuffleSeed = null)
{
    /// <summary>Workers speak every 5 s; two lost statements are forgiven.</summary>
    public static CampaignRules Default { get; } = new(TimeSpan.FromSeconds(12));
}
