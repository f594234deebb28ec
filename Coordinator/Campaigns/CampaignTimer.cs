namespace CalciumSweep.Coordinator.Campaigns;

/// <summary>What a campaign's entity waits for.</summary>
public enum CampaignTimer
{
    /// <summary>Every second: silent workers, announcements.</summary>
    Tick,

    /// <summary>Reported completions are persisted.</summary>
    Flush,

    /// <summary>The store did not answer: once more.</summary>
    StoreAgain,
}
