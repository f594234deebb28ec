using System.CommandLine;
using CalciumSweep.Shared.Api;

namespace CalciumSweep.Coordinator.Cli;

/// <summary><c>watch CAMPAIGN</c>: shows how far a campaign is until it stands still, and ends as it ended.</summary>
public static class WatchCommand
{
    private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(300);

    /// <summary>How long a server may be away: it restarts, or the network does.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    /// <summary>The verb.</summary>
    public static Command New()
    {
        var expect = new Option<long?>("--expect") { Description = "Fail unless it ends with so many simulations done", HelpName = "N" };
        Command command = CampaignVerb.New(
            "watch", "Show how far a campaign is, until it is done",
            (parsed, campaigns, campaign, stop) => WatchAsync(parsed, campaigns, campaign, parsed.GetValue(expect), stop));
        command.Add(expect);
        return command;
    }

    private static async Task<int> WatchAsync(
        ParseResult parsed, ICampaigns campaigns, string campaign, long? expected, CancellationToken stop)
    {
        Faces faces = FrontDoor.Face(parsed);
        CampaignAnswer answer = await campaigns.StatusAsync(campaign, stop).ConfigureAwait(false);
        using (IProgressFace progress = faces.IsJson || !Faces.IsTerminal ? new PlainProgress() : new BarProgress())
        {
            while (answer.IsRunning)
            {
                progress.Show(answer);
                await Task.Delay(_interval, stop).ConfigureAwait(false);
                answer = await PatientlyAsync(campaigns, answer.Campaign, stop).ConfigureAwait(false);
            }

            progress.Show(answer);
        }

        CampaignVerb.Show(parsed, answer);
        if (expected is { } simulations && simulations != answer.Done)
        {
            faces.Note($"{answer.Campaign} has {answer.Done} simulations done, expected are {simulations}");
            return ExitCode.SomethingFailed;
        }

        return CampaignDocument.Exit(answer);
    }

    // A campaign that was there is watched over a restart of its server.
    private static async Task<CampaignAnswer> PatientlyAsync(ICampaigns campaigns, string campaign, CancellationToken stop)
    {
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return await campaigns.StatusAsync(campaign, stop).ConfigureAwait(false);
            }
            catch (ServerException e) when (e.IsAway && System.Diagnostics.Stopwatch.GetElapsedTime(start) < _patience)
            {
                await Task.Delay(_interval, stop).ConfigureAwait(false);
            }
        }
    }
}
