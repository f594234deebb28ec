using System.CommandLine;
using CalciumSweep.Shared.Spec;

namespace CalciumSweep.Coordinator.Cli;

/// <summary><c>resume CAMPAIGN</c>: goes on with a stored campaign, as <c>run</c> with its spec would.</summary>
public static class ResumeCommand
{
    /// <summary>The verb.</summary>
    public static Command New()
    {
        var name = new Argument<string>("campaign") { Description = "Id of the campaign, or the beginning of it" };
        var node = new NodeOptions();
        var command = new Command("resume", "Go on with a campaign that was interrupted or paused") { name };
        node.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            Plan plan;
            using (var archive = Archive.Open(FrontDoor.Data(parsed)))
            {
                plan = Archive.PlanOf(archive.Get(parsed.GetRequiredValue(name)));
            }

            var campaign = new EmbeddedCampaign(FrontDoor.Face(parsed), node.Settings(parsed), plan);
            return await campaign.RunAsync(parsed.GetValue(CommonOptions.Yes)).ConfigureAwait(false);
        });
        return command;
    }
}
