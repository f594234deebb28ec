namespace CalciumSweep.Shared.Results;

/// <summary>Where a campaign stands (shown in lower case).</summary>
public enum CampaignStatus
{
    /// <summary>Grains are being leased.</summary>
    Running = 0,

    /// <summary>No new leases until resumed.</summary>
    Paused = 1,

    /// <summary>Every simulation is done or quarantined.</summary>
    Completed = 2,

    /// <summary>Given up by its user.</summary>
    Cancelled = 3,

    /// <summary>It cannot go on.</summary>
    Failed = 4,

    /// <summary>The process that computed it ended before it was done; the same command goes on.</summary>
    Interrupted = 5,
}
