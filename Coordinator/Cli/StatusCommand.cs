using System.CommandLine;
using CalciumSweep.Shared.Results;

namespace CalciumSweep.Coordinator.Cli;

/// <summary><c>status CAMPAIGN</c>: where a campaign stands, read from the store.</summary>
public static class StatusCommand
{
    /// <summary>The verb.</summary>
    public static Command New()
    {
        var campaign = new Argument<string>("campaign") { Description = "Id of the campaign, or the beginning of it" };
        var command = new Command("status", "Where a campaign stands") { campaign };
        command.SetAction(parsed =>
        {
            using var archive = Archive.Open(FrontDoor.Data(parsed));
            CampaignRecord record = archive.Get(parsed.GetRequiredValue(campaign));
            CampaignView view = archive.View(record);
            FrontDoor.Face(parsed).Show(
                CampaignDocument.Of(view, Archive.PlanOf(record)), () => CampaignDocument.Text(view) + Next(view));
            return ExitCode.Done;
        });
        return command;
    }

    private static string Next(CampaignView view) => view.State switch
    {
        CampaignStatus.Interrupted or CampaignStatus.Paused => $"  calciumsweep resume {view.Id}   goes on\n",
        CampaignStatus.Running => "",
        _ => $"  calciumsweep plot {view.Id}   calciumsweep export {view.Id} --format csv\n",
    };
}
