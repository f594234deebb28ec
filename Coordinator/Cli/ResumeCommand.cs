using System.CommandLine;
using CalciumSweep.Shared.Spec;

namespace CalciumSweep.Coordinator.Cli;

/// <summary>
/// <c>resume CAMPAIGN</c>: goes on with a campaign. On a server that is all; in a data folder it is simulated here, as
/// <c>run</c> with its spec would.
/// </summary>
public static class ResumeCommand
{
    /// <summary>The verb.</summary>
    public static Command New()
    {
        Argument<string> name = CampaignVerb.NewName();
        var node = new NodeOptions();
        var server = new ServerOptions(hasToken: false);
        var command = new Command("resume", "Go on with a campaign that was interrupted or paused") { name };
        server.AddTo(command);
        node.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            string campaign = parsed.GetRequiredValue(name);
            using (ICampaigns campaigns = server.Open(parsed, node.Token(parsed)))
            {
                if (campaigns is ServerCampaigns)
                {
                    using var stop = new StopSignals();
                    CampaignVerb.Show(parsed, await campaigns.ChangeAsync(campaign, CampaignChange.Resume, stop.Token).ConfigureAwait(false));
                    return ExitCode.Done;
                }
            }

            Plan plan;
            using (var archive = Archive.Open(FrontDoor.Data(parsed)))
            {
                plan = Archive.PlanOf(archive.Get(campaign));
            }

            var embedded = new EmbeddedCampaign(FrontDoor.Face(parsed), node.Settings(parsed), plan);
            return await embedded.RunAsync(parsed.GetValue(CommonOptions.Yes)).ConfigureAwait(false);
        });
        return command;
    }
}
