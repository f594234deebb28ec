namespace CalciumSweep.Coordinator.Campaigns;

/// <summary>Settings of a coordinator that a campaign decides by.</summary>
/// <param name="LeaseTime">A worker that was silent for so long is given up.</param>
/// <param name="ShuffleSeed">Tests: shuffles the order of leases.</param>
public sealed record CampaignRules(TimeSpan LeaseTime, int? ShuffleSeed = null)
{
    /// <summary>Largest priority, and the negative of the smallest.</summary>
    public const int MostPriority = 10;

    /// <summary>True for a service: a running campaign goes on by itself when its coordinator comes back. False waits for who wants it.</summary>
    public bool ResumesItself { get; init; }

    /// <summary>Events between two snapshots.</summary>
    public int SnapshotEvents { get; init; } = 200;

    /// <summary>Workers speak every 5 s, and at once when they need something: one lost statement is forgiven.</summary>
    public static CampaignRules Default { get; } = new(TimeSpan.FromSeconds(10.5));
}
