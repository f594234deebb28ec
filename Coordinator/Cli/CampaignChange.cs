namespace CalciumSweep.Coordinator.Cli;

/// <summary>What can be asked of a campaign that is there; the names are those of the API.</summary>
public enum CampaignChange
{
    /// <summary>No new leases; what is held is finished.</summary>
    Pause,

    /// <summary>Goes on.</summary>
    Resume,

    /// <summary>Gives it up; what is stored stays.</summary>
    Cancel,

    /// <summary>Queues quarantined simulations again.</summary>
    Retry,
}
