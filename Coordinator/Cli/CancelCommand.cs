using System.CommandLine;
using CalciumSweep.Shared.Results;

namespace CalciumSweep.Coordinator.Cli;

/// <summary><c>cancel CAMPAIGN</c>: gives a campaign up; what is stored stays.</summary>
public static class CancelCommand
{
    /// <summary>The verb.</summary>
    public static Command New()
    {
        var name = new Argument<string>("campaign") { Description = "Id of the campaign, or the beginning of it" };
        var command = new Command("cancel", "Give a campaign up; what is stored stays") { name };
        command.SetAction(async (parsed, cancel) =>
        {
            string data = FrontDoor.Data(parsed);
            CampaignRecord record;
            using (var archive = Archive.Open(data))
            {
                record = archive.Get(parsed.GetRequiredValue(name));
            }

            var settings = new NodeSettings(data) { Workers = 1, LogLevel = parsed.GetValue(CommonOptions.LogLevel)! };
            NodeHost node = await NodeHost.StartAsync(settings, cancel).ConfigureAwait(false);
            CampaignView view;
            await using (node.ConfigureAwait(false))
            {
                view = await node.CancelAsync(record.Id, cancel).ConfigureAwait(false);
            }

            FrontDoor.Face(parsed).Show(CampaignDocument.Of(view, null), () => CampaignDocument.Text(view));
            return ExitCode.Done;
        });
        return command;
    }
}
