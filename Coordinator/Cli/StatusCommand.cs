using System.CommandLine;

namespace CalciumSweep.Coordinator.Cli;

/// <summary><c>status CAMPAIGN</c>: where a campaign stands.</summary>
public static class StatusCommand
{
    /// <summary>The verb.</summary>
    public static Command New() => CampaignVerb.New("status", "Where a campaign stands", async (parsed, campaigns, campaign, stop) =>
    {
        CampaignVerb.Show(parsed, await campaigns.StatusAsync(campaign, stop).ConfigureAwait(false));
        return ExitCode.Done;
    });
}
